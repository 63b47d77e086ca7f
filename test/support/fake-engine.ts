import type { DialogEngine } from '../../src/dialogs/dialog-engine.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import type { Understand } from '../../src/nlu/understanding.ts';

/** An engine whose answers are plain to read in a test: it echoes, and knows a few words. */
export function createFakeEngine(): DialogEngine {
  return {
    contentVersion: 'fake-1',
    async advance(state, input, context, run) {
      const text = input.choice ?? input.understanding.utterance;
      const found = text.startsWith('tra ') ? await run('find', { text }, context) : undefined;
      return {
        state: { ...state, known: { ...state.known, last: text } },
        replies: found?.replies ?? [say(`đáp: ${text}`)],
        effects: found?.effects ?? [],
        identities: found?.identities ?? {},
        provenance: found?.provenance ?? [],
        missed: text === '???',
        redactUtterance: /^\d{6}$/.test(text),
        ...(text === 'gặp nhân viên' && { handoff: { reason: 'customer_asked' as const, from: 'fake' } }),
      };
    },
    emergency: (state) => ({ state, replies: [say('TRÁNH XA dây điện')] }),
    notice: (_state, dialog, slots = {}) => [say([dialog, ...Object.values(slots)].join(' '))],
    question: (dialog, slots) => [say([dialog, ...Object.values(slots)].join(' '))],
    opened: (state) => state,
    expects: () => [],
    pictureKept: () => [],
    holdsCode: (_state, { utterance }) => /^\d{6}$/.test(utterance),
  };
}

/** Understands nothing but danger. */
export const fakeUnderstand: Understand = (utterance) => ({
  utterance,
  normalized: utterance,
  intent: 'none',
  confidence: 0,
  decision: 'reject',
  alternatives: [],
  entities: [],
  emergency: utterance.includes('dây đứt'),
});

function say(text: string): Reply {
  return { kind: 'text', text };
}
