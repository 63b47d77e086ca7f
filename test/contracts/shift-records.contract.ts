import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConversationStore } from '../../src/bot/ports.ts';
import type { Turn } from '../../src/bot/turn.ts';
import type { ShiftRecords } from '../../src/integrations/agent-desk/shift-records.ts';
import { freshConversation, sampleTurn } from '../support/sample-turn.ts';

export interface ShiftRecordsFixture {
  readonly shift: ShiftRecords;
  readonly store: ConversationStore;
  /** Resolves when everything committed so far is counted. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

const HOUR = 3_600_000;

/** What every `ShiftRecords` promises. */
export function shiftRecordsContract(name: string, open: () => Promise<ShiftRecordsFixture>): void {
  describe(`${name} as records of the shift`, () => {
    let fixture: ShiftRecordsFixture;

    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(() => fixture.close());

    const commit = (id: string, version: number, change: Parameters<typeof sampleTurn>[2]) =>
      fixture.store.commit(sampleTurn(id, version, change));
    const asked = (intent: string, at: number, more: Partial<Omit<Turn, 'state'>> = {}) =>
      commit(freshConversation(), 1, { at, understanding: understood(intent), ...more });

    test('counts by hour what was asked, what was not understood, and who closed', async () => {
      await asked('bill_lookup', HOUR);
      await asked('bill_lookup', 2 * HOUR - 1);
      await asked('outage_report', HOUR + 5);
      await asked('bill_lookup', 2 * HOUR);
      await asked('none', HOUR, { missed: true, understanding: { ...understood('none'), decision: 'reject' } });
      // A question back is neither.
      await asked('bill_lookup', HOUR, { understanding: { ...understood('bill_lookup'), decision: 'clarify' } });
      await commit(freshConversation(), 1, {
        ...{ kind: 'agent', act: 'close', at: HOUR },
        state: { holder: 'closed', closing: { epoch: 2, agentId: 'lan' } },
      });
      await fixture.catchUp();
      expect(await fixture.shift.hours({ from: 0, to: 9 * HOUR })).toEqual([
        { hour: HOUR, kind: 'closed', name: 'lan', times: 1 },
        { hour: HOUR, kind: 'topic', name: 'bill_lookup', times: 2 },
        { hour: HOUR, kind: 'topic', name: 'none', times: 1 },
        { hour: HOUR, kind: 'topic', name: 'outage_report', times: 1 },
        { hour: 2 * HOUR, kind: 'topic', name: 'bill_lookup', times: 1 },
      ]);
      expect(await fixture.shift.hours({ from: 2 * HOUR, to: 3 * HOUR })).toHaveLength(1);
      expect(await fixture.shift.hours({ from: 0, to: HOUR })).toEqual([]);
    });

    test('counts each turn once, however often it catches up', async () => {
      const id = freshConversation();
      await commit(id, 1, { at: HOUR, understanding: understood('greeting') });
      await fixture.catchUp();
      await commit(id, 2, { at: HOUR, understanding: understood('greeting') });
      await fixture.catchUp();
      await fixture.catchUp();
      expect(await fixture.shift.hours({ from: 0, to: 9 * HOUR })).toMatchObject([{ name: 'greeting', times: 2 }]);
    });

    test('tells who holds how many, how many wait, and since when', async () => {
      expect(await fixture.shift.load()).toEqual({ waiting: 0, held: [] });
      const held = (agentId: string) => commit(freshConversation(), 1, { state: { holder: 'agent', agentId } });
      await held('lan');
      await held('minh');
      await held('lan');
      await commit(freshConversation(), 1, { state: { holder: 'queue', waitingSince: 700 } });
      await commit(freshConversation(), 1, { state: { holder: 'queue', waitingSince: 300 } });
      await commit(freshConversation(), 1, { state: { holder: 'closed' } });
      await fixture.catchUp();
      expect(await fixture.shift.load()).toEqual({
        waiting: 2,
        longestWaitSince: 300,
        held: [
          { agentId: 'lan', conversations: 2 },
          { agentId: 'minh', conversations: 1 },
        ],
      });
    });
  });
}

function understood(intent: string): NonNullable<Turn['understanding']> {
  return { intent, confidence: 0.9, decision: 'accept', alternatives: [], entities: [], emergency: false };
}
