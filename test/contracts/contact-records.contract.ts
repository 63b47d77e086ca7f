import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Contact } from '../../src/bot/figures/contact.ts';
import type { ContactRecords } from '../../src/bot/figures/contact-records.ts';
import type { ConversationStore } from '../../src/bot/ports.ts';
import { customerMessage, freshConversation, sampleTurn } from '../support/sample-turn.ts';

export interface ContactRecordsFixture {
  readonly contacts: ContactRecords;
  readonly store: ConversationStore;
  /** Resolves when everything committed so far is counted. */
  catchUp(): Promise<void>;
  /** As if an older release had written the data: the chain is there, and no contact. */
  loseContacts(): Promise<void>;
  /** Derives what an older release has not. */
  recount(): Promise<void>;
  /** All that is kept, as text. */
  kept(): Promise<string>;
  close(): Promise<void>;
}

const HOUR = 3_600_000;
/** Eight o'clock in Viet Nam. */
const START = Date.parse('2026-11-28T08:00:00+07:00');

/** What every `ContactRecords` promises. */
export function contactRecordsContract(name: string, open: () => Promise<ContactRecordsFixture>): void {
  describe(`${name} as records of contacts`, () => {
    let fixture: ContactRecordsFixture;

    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(() => fixture.close());

    async function contactsOf(day: string): Promise<readonly Contact[]> {
      const found: Contact[] = [];
      await fixture.contacts.eachOf(day, (contact) => found.push(contact));
      return found.sort((a, b) => a.startedAt - b.startedAt);
    }
    const commit = (id: string, version: number, change: Parameters<typeof sampleTurn>[2]) =>
      fixture.store.commit(sampleTurn(id, version, change));
    const asks = (id: string, version: number, at: number, intent = 'bill_lookup') =>
      commit(id, version, {
        at,
        understanding: {
          ...{ intent, confidence: 0.9, decision: 'accept', alternatives: [], entities: [], emergency: false },
        },
      });

    test('shows each contact once, as its last turn left it, on the day in Viet Nam on which it began', async () => {
      const [id, other] = [freshConversation('zalo'), freshConversation()];
      await asks(id, 1, START);
      await asks(id, 2, START + 60_000, 'tariff_info');
      await fixture.catchUp();
      await asks(id, 3, START + 120_000);
      await asks(other, 1, START + 300_000);
      await asks(id, 4, START + 3 * HOUR, 'new_connection');
      // 23:59 in Viet Nam, and one minute past midnight.
      await asks(other, 2, Date.parse('2026-11-28T23:59:00+07:00'));
      await asks(freshConversation(), 1, Date.parse('2026-11-29T00:01:00+07:00'));
      await fixture.catchUp();
      expect(
        (await contactsOf('2026-11-28')).map(({ channel, messages, topics }) => [channel, messages, topics]),
      ).toEqual([
        ['zalo', 3, ['bill_lookup', 'tariff_info']],
        ['web', 1, ['bill_lookup']],
        ['zalo', 1, ['new_connection']],
        ['web', 1, ['bill_lookup']],
      ]);
      expect(await contactsOf('2026-11-29')).toHaveLength(1);
      expect(await contactsOf('2026-11-27')).toEqual([]);
    });

    test('knows of an earlier contact that the customer is back about it', async () => {
      const id = freshConversation();
      await asks(id, 1, START);
      await fixture.catchUp();
      await asks(id, 2, START + 5 * HOUR);
      await fixture.catchUp();
      expect((await contactsOf('2026-11-28')).map(({ returnedAt }) => returnedAt)).toEqual([
        START + 5 * HOUR,
        undefined,
      ]);
    });

    test('derives the same again from the chain, also while new turns come', async () => {
      const [id, other] = [freshConversation(), freshConversation()];
      await asks(id, 1, START);
      await commit(id, 2, { at: START + 1_000, kind: 'system', messages: [] });
      await asks(id, 3, START + 2_000, 'tariff_info');
      await asks(other, 1, START + 5_000);
      await fixture.catchUp();
      const before = await contactsOf('2026-11-28');
      await fixture.loseContacts();
      expect(await contactsOf('2026-11-28')).toEqual([]);
      // A conversation that goes on brings its whole past along.
      await asks(id, 4, START + 3_000);
      await fixture.catchUp();
      expect(await contactsOf('2026-11-28')).toMatchObject([{ messages: 3, topics: ['bill_lookup', 'tariff_info'] }]);
      await fixture.recount();
      await fixture.recount();
      const after = await contactsOf('2026-11-28');
      expect(after).toHaveLength(2);
      expect(after[1]).toEqual(before[1]);
    });

    test('shows all of many, more than are read at once', async () => {
      for (let number = 0; number < 12; number += 1) {
        const id = freshConversation();
        await asks(id, 1, START + number);
        await asks(id, 2, START + number + 2 * HOUR);
      }
      await fixture.catchUp();
      expect(await contactsOf('2026-11-28')).toHaveLength(24);
    });

    test('keeps nothing that names the customer', async () => {
      await commit('zalo:oa:84912345678', 1, {
        at: START,
        messages: [customerMessage(1, 'mã của tôi PB06010001234')],
        state: {
          customerName: 'Nguyễn Thị Thủy',
          identities: { PB06010001234: { level: 'verified', validUntil: 9e15 } },
        },
      });
      await fixture.catchUp();
      const kept = await fixture.kept();
      expect(kept).toContain('"isVerified":true');
      expect(kept).not.toMatch(/84912345678|PB0601|Thủy|mã của/);
    });
  });
}
