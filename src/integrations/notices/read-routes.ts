import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AccountRecords } from '../../bot/accounts/account.ts';
import { latestOf, type SiteNotice, type SiteNotices } from '../../bot/accounts/site-notice.ts';
import type { Clock } from '../../bot/ports.ts';
import { momentWords } from '../actions/spoken-figures.ts';
import { escapeHtml } from '../escape-html.ts';
import { filledIn, type SiteLetters } from './load-site-letters.ts';
import { createReadLinks, READ_PATH } from './read-links.ts';
import { whenWords } from './write-outage.ts';

interface Tokened {
  // A wildcard, because a token is longer than the parameter of a path may be.
  readonly Params: { readonly '*': string };
}

export interface ReadRoutesDeps {
  /** By which the links are sealed. */
  readonly secretKey: string;
  readonly siteNotices: Pick<SiteNotices, 'find' | 'ofAccount' | 'confirm'>;
  readonly accounts: Pick<AccountRecords, 'account'>;
  readonly siteLetters: SiteLetters;
  readonly clock: Clock;
}

/**
 * Where the links of letters to accounts lead: a page with one button, as mail programs and virus scanners open links by
 * themselves. Only the button, a POST, confirms.
 */
export function createReadRoutes(deps: ReadRoutesDeps): { register(app: FastifyInstance): Promise<void> } {
  const { siteNotices, clock, siteLetters } = deps;
  const readLinks = createReadLinks(deps.secretKey, '');
  const words = siteLetters.page;

  async function find(token: string): Promise<SiteNotice | undefined> {
    const id = readLinks.open(token, clock.now());
    return id === undefined ? undefined : siteNotices.find(id);
  }

  async function valuesOf(notice: SiteNotice) {
    const { startsAt, endsAt, area, codes, accountId } = notice;
    const account = (await deps.accounts.account(accountId))?.name ?? 'quý khách';
    return { account, area, count: String(codes.length), when: whenWords({ from: startsAt, to: endsAt }) };
  }

  async function question(notice: SiteNotice): Promise<string> {
    if (notice.confirmedAt !== undefined) {
      return done(notice, notice.confirmedAt);
    }
    const button = `<form method="post"><button>${escapeHtml(words.button)}</button></form>`;
    return page(words, filledIn(words.question, await valuesOf(notice)), button);
  }

  async function confirm(notice: SiteNotice): Promise<string> {
    const now = clock.now();
    return done(notice, (await siteNotices.confirm(notice.id, now))?.confirmedAt ?? now);
  }

  async function done(notice: SiteNotice, confirmedAt: number): Promise<string> {
    return page(words, filledIn(words.done, { ...(await valuesOf(notice)), at: momentWords(confirmedAt) }));
  }

  async function answer(token: string, reply: FastifyReply, show: (notice: SiteNotice) => Promise<string>) {
    const notice = await find(token);
    if (notice === undefined) {
      return reply.code(404).send(page(words, words.gone));
    }
    return (await isOvertaken(notice)) ? page(words, words.newer) : show(notice);
  }

  /** Whoever has an old letter open must not take it for the last word. */
  async function isOvertaken(notice: SiteNotice): Promise<boolean> {
    return !latestOf(await siteNotices.ofAccount(notice.outageId, notice.accountId)).some(({ id }) => id === notice.id);
  }

  return {
    async register(app) {
      await app.register(async (scope) => {
        scope.addContentTypeParser('application/x-www-form-urlencoded', (_request, _payload, parsed) => parsed(null));
        scope.addHook('onRequest', async (_request, reply) => void closed(reply));
        scope.get<Tokened>(`${READ_PATH}/*`, ({ params }, reply) => answer(params['*'], reply, question));
        scope.post<Tokened>(`${READ_PATH}/*`, ({ params }, reply) => answer(params['*'], reply, confirm));
      });
    },
  };
}

/** Kept by nobody on the way, shown in no frame, told to no other site. */
function closed(reply: FastifyReply): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('x-robots-tag', 'noindex')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    );
}

const STYLE =
  'body{font:1.125rem/1.6 system-ui,sans-serif;color:#16222e;background:#f4f6f8;margin:0;padding:1.5rem 1rem}' +
  'main{max-width:38rem;margin:0 auto;background:#fff;border:1px solid #dbe1e8;border-radius:.75rem;padding:1.5rem}' +
  'h1{font-size:1.5rem;margin:0 0 1rem}button{font:inherit;font-weight:600;color:#fff;background:#0b5cad;border:0;' +
  'border-radius:.5rem;padding:.75rem 1.5rem;min-height:3rem;cursor:pointer}' +
  'button:focus-visible{outline:3px solid #f0a500;outline-offset:2px}';

function page({ title }: SiteLetters['page'], text: string, more = ''): string {
  return (
    '<!doctype html><html lang="vi"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>` +
    `<body><main><h1>${escapeHtml(title)}</h1><p role="status">${escapeHtml(text)}</p>${more}</main></body></html>`
  );
}
