import { type Chart, chartCaption } from '../../../dialogs/chart.ts';
import { type Link, type Reply, toPlainText } from '../../../dialogs/reply.ts';
import { splitText, unitsOf } from '../split-text.ts';
import type { ButtonMeaning } from './store.ts';

/** A button under a message. `callback_data` holds at most 64 bytes, so it is a reference and not the value. */
export type TelegramButton =
  | { readonly text: string; readonly callback_data: string }
  | { readonly text: string; readonly url: string };

/** What goes out in one call of `sendMessage`, `sendPhoto` or `sendDocument`, in the words of the Bot API. */
export interface TelegramPart {
  readonly text?: string;
  readonly photo?: string;
  /** A photo that we paint ourselves. */
  readonly chart?: Chart;
  /** A file that we may have. */
  readonly document?: { readonly url: string; readonly name: string };
  readonly caption?: string;
  readonly parse_mode: 'HTML';
  readonly reply_markup?: { readonly inline_keyboard: readonly (readonly TelegramButton[])[] };
}

export interface TelegramRendered {
  readonly parts: readonly TelegramPart[];
  /** By `callback_data`: what each button stands for. */
  readonly meanings: ReadonlyMap<string, ButtonMeaning>;
}

/** Limits of the Bot API 10.3: code units of a text and of a caption, after their entities are read. */
const LONGEST_TEXT = 4_096;
const LONGEST_CAPTION = 1_024;

/**
 * A reply in Telegram's form: text in parts that fit, the title of a card in bold, one button a row under the last part.
 * Numbers to call stay in the text.
 */
export function renderTelegram(reply: Reply, seq: number): TelegramRendered {
  if (reply.kind === 'image' || reply.kind === 'chart') {
    const words = reply.kind === 'chart' ? chartCaption(reply) : toPlainText(reply);
    const [caption = '', ...more] = splitText(words, LONGEST_CAPTION, unitsOf);
    const picture = reply.kind === 'image' ? { photo: reply.url } : { chart: reply };
    const part: TelegramPart = { ...picture, caption: escapeHtml(caption), parse_mode: 'HTML' };
    return { parts: [part, ...textParts(more.join('\n'))], meanings: new Map() };
  }
  if (reply.kind === 'file') {
    return { parts: fileParts(reply), meanings: new Map() };
  }
  const choices = reply.kind === 'text' ? [] : (reply.choices ?? []);
  const links = reply.kind === 'text' ? [] : (reply.links ?? []);
  const meanings = new Map(
    choices.map(({ value, label }, index) => [`c:${seq}:${index + 1}`, { value, label }] as const),
  );
  const buttons: TelegramButton[] = [
    ...choices.map(({ label }, index) => ({ text: label, callback_data: `c:${seq}:${index + 1}` })),
    ...links.filter(isWeb).map(({ label, href }) => ({ text: label, url: href })),
  ];
  // Telegram opens no telephone from a button.
  const written = links.filter((link) => !isWeb(link));
  const words = reply.kind === 'text' ? reply : { ...reply, choices: [], links: written };
  return { parts: textParts(toPlainText(words), buttons, reply.kind === 'card' ? reply.title : ''), meanings };
}

/** A file of ours goes out whole with the words under it; of another one, its address on a button. */
function fileParts({ text = '', name, url }: Extract<Reply, { kind: 'file' }>): readonly TelegramPart[] {
  const isShort = unitsOf(text) <= LONGEST_CAPTION;
  const [caption, words] = isShort ? [text, `${text}\n${name}`] : ['', name];
  const parts = textParts(words, [{ text: name, url }]);
  return [
    ...(isShort ? [] : textParts(text)),
    ...parts.map((part) => ({ ...part, document: { url, name }, caption: escapeHtml(caption) })),
  ];
}

/** A text in parts that fit; the buttons stand under the last one. `title`: its first words, shown in bold. */
export function textParts(text: string, buttons: readonly TelegramButton[] = [], title = ''): readonly TelegramPart[] {
  const texts = splitText(text, LONGEST_TEXT, unitsOf).filter((part) => part !== '');
  return texts.map((part, index) => ({
    text: index === 0 ? inBold(part, title.normalize('NFC').trim()) : escapeHtml(part),
    parse_mode: 'HTML',
    ...(index === texts.length - 1 &&
      buttons.length > 0 && { reply_markup: { inline_keyboard: buttons.map((button) => [button]) } }),
  }));
}

function isWeb({ href }: Link): boolean {
  return href.startsWith('https://') || href.startsWith('http://');
}

function inBold(text: string, title: string): string {
  return title !== '' && text.startsWith(title)
    ? `<b>${escapeHtml(title)}</b>${escapeHtml(text.slice(title.length))}`
    : escapeHtml(text);
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
