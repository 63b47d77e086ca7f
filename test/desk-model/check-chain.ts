import type { Turn } from '../../src/bot/turn.ts';

/** What is wrong with a turn as the follower of another; nothing when all is well. */
export function faultsOf(turn: Turn, before: Turn | undefined): readonly string[] {
  const { state } = turn;
  const last = before?.state;
  const holderMoved = last !== undefined && (state.holder !== last.holder || state.agentId !== last.agentId);
  const firstMoved = last === undefined && state.holder !== 'bot';
  const grown = state.epoch - (last?.epoch ?? 0);
  const seqs = turn.messages.map(({ seq }) => seq);
  const expected = turn.messages.map((_, index) => (last?.messageSeq ?? 0) + index + 1);
  const words = turn.messages.filter(({ author, isSafety }) => author === 'bot' && isSafety !== true);
  const strangers = turn.messages.filter(
    ({ author, authorId }) => author === 'agent' && authorId !== last?.agentId && turn.kind === 'agent',
  );
  const faults: readonly (readonly [boolean, string])[] = [
    [turn.version !== (before?.version ?? 0) + 1, 'a version is missing or there twice'],
    [grown < 0, 'the epoch has fallen'],
    [(holderMoved || firstMoved) && grown < 1, 'the holder has changed and the epoch has not'],
    [
      !holderMoved && !firstMoved && last !== undefined && grown > 0 && !isBack(turn),
      'the epoch has grown for nothing',
    ],
    [
      state.takeoverEpoch < (last?.takeoverEpoch ?? 0) || state.takeoverEpoch > state.epoch,
      'the take-over epoch is off',
    ],
    [(state.holder === 'agent') !== (state.agentId !== undefined), 'not exactly one agent where an agent holds'],
    [JSON.stringify(seqs) !== JSON.stringify(expected), 'message numbers have gaps or repeats'],
    [state.messageSeq !== (expected.at(-1) ?? last?.messageSeq ?? 0), 'the last message number is off'],
    [state.holder === 'agent' && words.length > 0, 'the bot speaks although an agent holds'],
    [strangers.length > 0, 'an agent speaks who does not hold'],
    [
      turn.kind === 'customer' && state.holder === 'closed' && turn.rating === undefined,
      'a customer writes and nobody has the word',
    ],
    [
      turn.kind === 'customer' && state.holder === 'bot' && !turn.messages.some(({ direction }) => direction === 'out'),
      'the bot holds and leaves a message without an answer',
    ],
  ];
  return faults
    .filter(([isFault]) => isFault)
    .map(([, words]) => `${turn.conversationId} version ${turn.version} (${turn.act ?? turn.kind}): ${words}.`);
}

/** A move away and back within one turn: a customer who returns and asks for a human at once. */
function isBack(turn: Turn): boolean {
  return turn.kind === 'customer';
}
