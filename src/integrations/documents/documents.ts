import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { KeptMedia } from '../../bot/media.ts';
import type { Clock, CustomerRecords } from '../../bot/ports.ts';
import { isTellable } from '../actions/check-bill.ts';
import { billsOfPeriod } from '../actions/invoices-asked.ts';
import { keptAs } from '../file-name-header.ts';
import type { Utility } from '../load-utility.ts';
import { type RateLimiter, takeOne } from '../rate-limiters.ts';
import { billSheet } from './bill-sheet.ts';
import { DOCUMENTS_PATH, type DocumentLinks, type DocumentWish } from './document-links.ts';
import { documentName } from './document-name.ts';
import type { SheetDrawer } from './draw-thread.ts';

/** Documents that are made from the records when somebody opens their address. */
export interface Documents {
  /** `undefined`: not one of ours, too old, or there is nothing to tell any more. */
  open(url: string): Promise<KeptMedia | undefined>;
  register(app: FastifyInstance): Promise<void>;
}

export function createDocuments(deps: {
  readonly links: Pick<DocumentLinks, 'open'>;
  readonly customers: Pick<CustomerRecords, 'customer' | 'bills'>;
  readonly utility: Pick<Utility, 'ours'>;
  readonly clock: Clock;
  readonly drawer: Pick<SheetDrawer, 'run'>;
  /** How often addresses of one customer's documents may be opened. */
  readonly openings: RateLimiter;
}): Documents {
  const { links, customers, utility, clock, drawer, openings } = deps;

  async function make({ customerCode, period }: DocumentWish): Promise<KeptMedia | undefined> {
    const [customer, bills] = await Promise.all([
      customers.customer(customerCode),
      billsOfPeriod(customerCode, period, { customers }),
    ]);
    // What has come to disagree with itself since is looked at by a person first.
    if (bills.length === 0 || !bills.every((bill) => isTellable(bill, bills))) {
      return undefined;
    }
    const now = clock.now();
    const sheets = bills.map((bill) => billSheet({ bill, customer, ours: utility.ours, now }));
    return { bytes: await drawer.run({ sheets, now }), mime: 'application/pdf', extension: 'pdf' };
  }

  const open = async (url: string) => {
    const wish = links.open(url, clock.now());
    return wish && make(wish);
  };

  return {
    open,
    async register(app) {
      // A wildcard, because a token is longer than the parameter of a path may be.
      app.get<{ Params: { readonly '*': string } }>(`${DOCUMENTS_PATH}*`, async ({ params }, reply) => {
        const wish = links.open(`${DOCUMENTS_PATH}${params['*']}`, clock.now());
        const waitMs = wish === undefined ? 0 : (await takeOne(openings, keyOf(wish))).waitMs;
        reply
          .header('cache-control', 'no-store')
          .header('referrer-policy', 'no-referrer')
          .header('x-content-type-options', 'nosniff')
          .header('x-robots-tag', 'noindex')
          .header('content-security-policy', "sandbox; default-src 'none'");
        if (waitMs > 0) {
          return reply
            .code(429)
            .header('retry-after', Math.ceil(waitMs / 1_000))
            .type('text/plain; charset=utf-8')
            .send(TOO_OFTEN);
        }
        const document = wish && (await make(wish));
        return wish === undefined || document === undefined
          ? reply.code(404).type('text/plain; charset=utf-8').send(GONE)
          : reply
              .type(document.mime)
              .header('content-disposition', keptAs(documentName(wish)))
              .send(Buffer.from(document.bytes));
      });
    },
  };
}

/** Counters may stand outside this house: no code is told to them. */
function keyOf({ customerCode }: DocumentWish): string {
  return createHash('sha256').update(customerCode).digest('base64url');
}

const TOO_OFTEN = 'Tệp này vừa được mở nhiều lần. Anh/chị vui lòng thử lại sau ít phút.';
const GONE = 'Đường dẫn không đúng hoặc đã hết hạn. Anh/chị nhắn "gửi bảng kê tiền điện" để nhận tệp mới.';
