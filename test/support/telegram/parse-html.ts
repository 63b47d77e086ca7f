/** What a user sees of a text in HTML, or the error of the Bot API. */
export type ParsedHtml = { readonly text: string } | { readonly error: string };

const TAGS = ['b', 'strong', 'i', 'em', 'u', 's', 'code', 'pre', 'a'];
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
const PIECE = /<(\/?)([a-z-]*)[^>]*>|<|&(?:#(\d+)|([a-z]+));|[^<&]+|&/gi;

/** Reads HTML as strictly as Telegram: unknown or unclosed tags are errors, offsets count bytes. */
export function parseHtml(html: string): ParsedHtml {
  const open: string[] = [];
  let text = '';
  for (const piece of html.matchAll(PIECE)) {
    const [all, slash, tag, code, name] = piece;
    const offset = Buffer.byteLength(html.slice(0, piece.index));
    if (all.startsWith('<')) {
      const known = tag !== undefined && TAGS.includes(tag.toLowerCase());
      if (!known) {
        return failed(`Unsupported start tag "${tag ?? ''}" at byte offset ${offset}`);
      }
      if (slash === '') {
        open.push(tag.toLowerCase());
      } else if (open.pop() !== tag.toLowerCase()) {
        return failed(`Unmatched end tag at byte offset ${offset}, expected "</${open.at(-1) ?? ''}>", found "${all}"`);
      }
    } else if (code !== undefined) {
      text += String.fromCodePoint(Number(code));
    } else {
      text += name === undefined ? all : (NAMED[name] ?? all);
    }
  }
  return open.length > 0 ? failed(`Can't find end tag corresponding to start tag "${open.at(-1)}"`) : { text };
}

function failed(what: string): ParsedHtml {
  return { error: `can't parse entities: ${what}` };
}
