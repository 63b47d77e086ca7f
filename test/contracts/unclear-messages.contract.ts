import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConversationStore } from '../../src/bot/ports.ts';
import type { Turn } from '../../src/bot/turn.ts';
import { EMPTY_DIALOG_STATE } from '../../src/dialogs/dialog.ts';
import type {
  UnclearMessage,
  UnclearMessages,
  WordsDecision,
} from '../../src/integrations/agent-desk/unclear-messages.ts';
import type { Decision } from '../../src/nlu/understanding.ts';
import { customerMessage, freshConversation, sampleTurn } from '../support/sample-turn.ts';

export interface UnclearMessagesFixture {
  readonly unclear: UnclearMessages;
  readonly store: ConversationStore;
  /** Resolves when everything committed so far was looked at. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** What every `UnclearMessages` promises. */
export function unclearMessagesContract(name: string, open: () => Promise<UnclearMessagesFixture>): void {
  describe(`${name} as the keeper of unclear messages`, () => {
    let fixture: UnclearMessagesFixture;

    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(() => fixture.close());

    /** The next turns of one conversation, each a message of the customer. */
    async function talk(
      ...turns: readonly (readonly [text: string, change: Parameters<typeof sampleTurn>[2]])[]
    ): Promise<string> {
      const id = freshConversation();
      for (const [index, [text, change]] of turns.entries()) {
        const seq = index + 1;
        await fixture.store.commit(sampleTurn(id, seq, { ...change, messages: [customerMessage(seq, text)] }));
      }
      await fixture.catchUp();
      return id;
    }
    const texts = async () => (await fixture.unclear.open(100)).map(({ text }) => text);
    const said = (text: string, change: Partial<UnclearMessage> = {}): UnclearMessage => ({
      ...{ conversationId: freshConversation(), seq: 1, at: 1_000, text, why: 'relabelled' },
      ...change,
    });
    const decided = (words: string, change: Partial<WordsDecision> = {}): WordsDecision => ({
      ...{ words, text: words, times: 1, decidedBy: 'Chị Hạnh', decidedAt: 5_000 },
      ...change,
    });

    test('keeps what the bot did not understand, with personal data replaced, and nothing that it did', async () => {
      const id = await talk(
        ['xin chào', { understanding: understood('accept') }],
        ['ủa coi cái PB06010001234 sđt 0912345678 sao rồi', { missed: true, understanding: understood('reject') }],
      );
      expect(await fixture.unclear.open(10)).toEqual([
        {
          ...{ conversationId: id, seq: 2, at: expect.any(Number), why: 'missed' },
          text: 'ủa coi cái PB00000000000 sđt 0900000000 sao rồi',
        },
      ]);
    });

    test('keeps a message that was asked back about when the one before it was, too', async () => {
      const askedBack = { understanding: understood('clarify'), state: standingIn('clarify') };
      await talk(['điện', askedBack]);
      expect(await texts()).toEqual([]);
      await talk(['điện nhà', askedBack], ['cái điện đó', askedBack]);
      expect(await fixture.unclear.open(10)).toMatchObject([{ text: 'cái điện đó', seq: 2, why: 'asked_back' }]);
      // A doubtful word that filled an open question was not asked back about.
      const filled = { understanding: understood('clarify'), state: standingIn('bill-lookup') };
      await talk(['điện nhà tui', askedBack], ['của ba tui', filled]);
      expect(await texts()).toEqual(['cái điện đó']);
    });

    test('keeps no message whose words are hidden, and none without words', async () => {
      await talk(['mã là ••••••', { missed: true }], ['???', { missed: true }]);
      expect(await texts()).toEqual([]);
    });

    test('keeps a message once; what an agent says of it replaces what was kept', async () => {
      const id = await talk(['ủa alo', { missed: true }]);
      await fixture.unclear.note(said('ủa alo', { conversationId: id, proposed: 'greeting' }));
      await fixture.unclear.note(said('ủa alo', { conversationId: id, why: 'missed' }));
      expect(await fixture.unclear.open(10)).toMatchObject([{ why: 'relabelled', proposed: 'greeting' }]);
      await fixture.unclear.note(said('ủa alo', { conversationId: id }));
      expect((await fixture.unclear.open(10))[0]).not.toHaveProperty('proposed');
    });

    test('gives the newest first, up to the limit', async () => {
      await fixture.unclear.note(said('một', { at: 1 }));
      await fixture.unclear.note(said('ba', { at: 3 }));
      await fixture.unclear.note(said('hai', { at: 2 }));
      expect(await texts()).toEqual(['ba', 'hai', 'một']);
      expect(await fixture.unclear.open(1)).toHaveLength(1);
    });

    test('forgets the messages of words that are decided, whatever their marks, and keeps no more of them', async () => {
      await fixture.unclear.note(said('Cúp rồi nè!'));
      await fixture.unclear.note(said('cup roi ne'));
      await fixture.unclear.note(said('khác'));
      await fixture.unclear.decide(decided('cup roi ne', { intent: 'outage_report', times: 2 }));
      await fixture.unclear.note(said('CÚP RỒI NÈ'));
      await talk(['cúp rồi nè', { missed: true }]);
      expect(await texts()).toEqual(['khác']);
    });

    test('keeps one decision for the same words, the last, and gives the newest first', async () => {
      await fixture.unclear.decide(decided('mot', { intent: 'greeting', decidedAt: 1 }));
      await fixture.unclear.decide(decided('hai', { decidedAt: 2 }));
      expect(await fixture.unclear.decisions(10)).toEqual([
        decided('hai', { decidedAt: 2 }),
        decided('mot', { intent: 'greeting', decidedAt: 1 }),
      ]);
      await fixture.unclear.decide(decided('mot', { decidedAt: 3 }));
      expect(await fixture.unclear.decisions(1)).toEqual([decided('mot', { decidedAt: 3 })]);
    });
  });
}

function understood(decision: Decision): NonNullable<Turn['understanding']> {
  return { intent: 'none', confidence: 0.4, decision, alternatives: [], entities: [], emergency: false };
}

function standingIn(dialog: string) {
  return { dialogs: { ...EMPTY_DIALOG_STATE, stack: [{ dialog, node: 'ask', slots: {}, tries: 0 }] } };
}
