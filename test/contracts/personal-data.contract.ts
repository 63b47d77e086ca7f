import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChainRedaction, LegalHold, LegalHolds, TicketRedaction } from '../../src/bot/personal-data.ts';
import type { ConversationStore, ConversationViews, DeliveryLedger, TicketStore } from '../../src/bot/ports.ts';
import type { Ticket } from '../../src/bot/records.ts';
import { redactTicket } from '../../src/bot/redact-ticket.ts';
import { ERASED, redactTurn } from '../../src/bot/redact-turn.ts';
import type { UnclearMessages } from '../../src/integrations/agent-desk/unclear-messages.ts';
import { botMessage, customerMessage, freshConversation, sampleTurn } from '../support/sample-turn.ts';

export interface PersonalDataFixture {
  readonly store: ConversationStore;
  readonly views: ConversationViews;
  readonly deliveries: DeliveryLedger;
  readonly unclear: UnclearMessages;
  readonly redaction: ChainRedaction;
  readonly tickets: TicketStore;
  readonly ticketRedaction: TicketRedaction;
  readonly holds: LegalHolds;
  close(): Promise<void>;
}

const CODE = 'PB06010001234';
const WORDS = 'Tôi là Trần Thị Bưởi, nhà ở ấp 3';

/** What the ports by which data of people are forgotten promise. */
export function personalDataContract(name: string, open: () => Promise<PersonalDataFixture>): void {
  describe(`${name} as storage that forgets`, () => {
    let on: PersonalDataFixture;
    beforeAll(async () => {
      on = await open();
    });
    afterAll(() => on.close());

    async function told(change: Parameters<typeof sampleTurn>[2] = {}): Promise<string> {
      const id = freshConversation();
      await on.store.commit(
        sampleTurn(id, 1, {
          messages: [customerMessage(1, WORDS), botMessage(2, 'Dạ chào cô Bưởi')],
          note: { authorId: 'lan', authorName: 'Chị Lan', text: 'Cô Bưởi gọi lại 0912345678' },
          state: {
            customerName: 'Bưởi',
            identities: { [CODE]: { level: 'verified', validUntil: 9_000 } },
          },
          ...change,
        }),
      );
      return id;
    }

    async function redactAll(id: string): Promise<void> {
      await on.redaction.replace((await on.store.turns(id, 0, 100)).map((turn) => redactTurn(turn, 5_000)));
    }

    test('the words are gone from the chain, which still reads', async () => {
      const id = await told();
      const [before] = await on.store.turns(id, 0, 10);
      await redactAll(id);
      const [after] = await on.store.turns(id, 0, 10);
      expect(JSON.stringify(after)).not.toMatch(/Bưởi|PB0601|0912345678/);
      expect(after).toMatchObject({ version: 1, id: before?.id, handles: before?.handles, redactedAt: 5_000 });
      expect(after?.messages.map(({ seq, author }) => [seq, author])).toEqual([
        [1, 'customer'],
        [2, 'bot'],
      ]);
      expect(await on.store.head(id)).toEqual(after);
      expect(await on.store.isHandled(id, before?.handles[0] ?? '')).toBe(true);
      expect(await on.store.commit(sampleTurn(id, 2))).toBe('committed');
    });

    test('the words are gone from what the desk reads', async () => {
      const id = await told({ state: { holder: 'queue', waitingSince: 1, customerName: 'Bưởi' } });
      await redactAll(id);
      const seen = {
        messages: await on.views.messages(id, 0, 10),
        notes: await on.views.notes(id, 10),
        list: (await on.views.list({ holders: ['queue'], limit: 1_000 })).filter((one) => one.conversationId === id),
      };
      expect(JSON.stringify(seen)).not.toMatch(/Bưởi|PB0601|0912345678/);
      expect(seen.notes).toMatchObject([{ authorName: 'Chị Lan', text: ERASED }]);
      expect(seen.list).toHaveLength(1);
    });

    test('what the bot did not understand waits no more to be learned', async () => {
      const id = await told();
      await on.unclear.note({ conversationId: id, seq: 1, at: 1, text: WORDS, why: 'relabelled' });
      await redactAll(id);
      expect((await on.unclear.open(1_000)).filter(({ conversationId }) => conversationId === id)).toEqual([]);
    });

    test('what waits to be sent is not sent', async () => {
      const id = await told();
      expect(await on.deliveries.due({ now: 9_000, limit: 10, conversationId: id })).toHaveLength(1);
      await redactAll(id);
      expect(await on.deliveries.due({ now: 9_000, limit: 10, conversationId: id })).toEqual([]);
      expect(await on.deliveries.retry(id, 2, 9_000)).toBe(false);
    });

    test('a summary whose last words are of a redacted turn says nothing, and a later turn is not touched', async () => {
      const id = await told({ state: { holder: 'queue', waitingSince: 1 } });
      await on.store.commit(
        sampleTurn(id, 2, {
          messages: [],
          state: { holder: 'queue', waitingSince: 1, messageSeq: 2, customerName: 'Bưởi' },
        }),
      );
      const [first] = await on.store.turns(id, 0, 1);
      await on.redaction.replace([redactTurn(first as never, 5_000)]);
      const [summary] = (await on.views.list({ holders: ['queue'], limit: 1_000 })).filter(
        (one) => one.conversationId === id,
      );
      expect(summary).toMatchObject({ lastText: '', customerName: 'Bưởi' });
    });

    test('turns with their words are walked by age, each once, and the redacted ones no more', async () => {
      const at = 50_000_000;
      const ids = [freshConversation(), freshConversation(), freshConversation()];
      for (const [index, id] of ids.entries()) {
        await on.store.commit(sampleTurn(id, 1, { at: at + Math.min(index, 1) }));
      }
      const walk = async () => {
        const seen: string[] = [];
        let after = { at: at - 1, conversationId: '', version: 0 };
        for (;;) {
          const [turn] = await on.redaction.withWords({ before: at + 2, after, limit: 1 });
          if (turn === undefined) {
            return seen;
          }
          seen.push(turn.conversationId);
          after = turn;
        }
      };
      expect((await walk()).sort()).toEqual([...ids].sort());
      await redactAll(ids[0] ?? '');
      expect((await walk()).sort()).toEqual(ids.slice(1).sort());
      expect(
        await on.redaction.withWords({ before: at, after: { at: at - 1, conversationId: '', version: 0 }, limit: 9 }),
      ).toEqual([]);
    });

    test('knows in which conversations a code was used, proved or typed', async () => {
      const code = 'PB06010009999';
      const typed = freshConversation();
      const proved = freshConversation();
      const { dialogs } = sampleTurn(typed, 1).state;
      await on.store.commit(
        sampleTurn(typed, 1, { state: { dialogs: { ...dialogs, known: { customer_code: code } } } }),
      );
      await on.store.commit(
        sampleTurn(proved, 1, { state: { identities: { [code]: { level: 'verified', validUntil: 1 } } } }),
      );
      await on.store.commit(sampleTurn(freshConversation(), 1));
      expect([...(await on.redaction.conversationsWith(code))].sort()).toEqual([typed, proved].sort());
    });

    test('tickets lose their words and keep their numbers', async () => {
      const ticket = sampleTicket('SC-1', 1_000);
      await on.tickets.open(ticket);
      await on.tickets.open(sampleTicket('SC-2', 2_000));
      const by = { id: 'a1', name: 'Chị Lan' };
      const change = { key: 'k', at: 1_100, state: 'done', by, note: 'Khách ở 12 Nguyễn Trãi' } as const;
      await on.tickets.change('SC-1', change, ticket.history.length);
      const due = await on.ticketRedaction.withWords({ before: 1_500, limit: 10 });
      expect(due).toEqual([ticket]);
      await on.ticketRedaction.replace(due.map((one) => redactTicket(one, 5_000)));
      expect(await on.ticketRedaction.withWords({ before: 1_500, limit: 10 })).toEqual([]);
      expect(await on.ticketRedaction.withWords({ before: 9_000, after: ticket, limit: 10 })).toHaveLength(1);
      const after = await on.tickets.ticket('SC-1');
      expect(after).toMatchObject({ number: 'SC-1', kind: 'outage', state: 'done', redactedAt: 5_000 });
      expect(JSON.stringify(after)).not.toMatch(/ấp 3|0912345678|PB0601|Nguyễn Trãi/);
      expect(await on.tickets.tickets({ customerCode: CODE, limit: 10 })).toHaveLength(1);
    });

    test('holds are in force until their end, and can be ended', async () => {
      const hold: LegalHold = {
        ...{
          id: 'h1',
          subject: { kind: 'customer', customerCode: CODE },
          reason: 'Khiếu nại',
          reference: 'Công văn 12/CA',
        },
        ...{ byId: 'lan', byName: 'Chị Lan', at: 1_000, until: 5_000 },
      };
      await on.holds.put(hold);
      expect(await on.holds.inForce(4_999)).toEqual([hold]);
      expect(await on.holds.inForce(5_000)).toEqual([]);
      await on.holds.put({ ...hold, until: 2_000 });
      expect(await on.holds.inForce(3_000)).toEqual([]);
    });
  });
}

function sampleTicket(number: string, createdAt: number): Ticket {
  return {
    ...{ number, kind: 'outage', priority: 'normal', state: 'open', conversationId: `web:main:${number}` },
    ...{ customerCode: CODE, place: 'ấp 3', phone: '0912345678', summary: 'Mất điện ở ấp 3' },
    ...{ details: { words: 'ấp 3' }, createdAt, history: [{ at: createdAt, state: 'open' }] },
  };
}
