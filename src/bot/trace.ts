import { parseConversationId } from './conversation.ts';
import type { BotDeps } from './create-bot.ts';
import type { ConversationId } from './message.ts';
import type { Attempt } from './ports.ts';
import type { Turn } from './turn.ts';

/** The stops of a message inside the bot (docs/architecture.md); HTTP and channel come before them. */
export type Stop = 'inbox' | 'handle_turn' | 'understand' | 'advance' | 'commit' | 'deliver' | 'send';

/** What may be told of a stop: ids of ours and words from closed lists. Never a value of a customer. */
export type StopFacts = Readonly<Record<string, string | number | boolean>>;

/** Somebody who watches messages pass their stops. Changes nothing: `work` runs and its result or error comes back. */
export interface Trace {
  during<Result>(stop: Stop, work: () => Result, factsOf?: (result: Awaited<Result>) => StopFacts): Result;
  /** Remembers the message that is under way here, for work that goes on with it later. */
  remember(): Resume;
}

/** Runs work as part of the message that was under way when it was remembered. */
export type Resume = <Result>(work: () => Result) => Result;

/** Nobody watches. */
export const noTrace: Trace = { during: (_stop, work) => work(), remember: () => (work) => work() };

export function channelFacts(conversationId: ConversationId): StopFacts {
  return { channel: parseConversationId(conversationId).channel };
}

/** The same parts of the bot, each watched where a message passes it. */
export function traceParts(
  { understand, engine, store }: Pick<BotDeps, 'understand' | 'engine' | 'store'>,
  trace: Trace,
) {
  const { commitArrival } = store;
  const commit = (turn: Turn, write: () => ReturnType<NonNullable<typeof commitArrival>>) =>
    trace.during('commit', write, (result) => ({ ...channelFacts(turn.conversationId), turn: turn.kind, result }));
  const tracedUnderstand: typeof understand = (utterance, context) =>
    trace.during(
      'understand',
      () => understand(utterance, context),
      ({ intent, decision, emergency }) => ({ intent, decision, emergency }),
    );
  const tracedEngine: typeof engine = {
    ...engine,
    advance: (...step) =>
      trace.during(
        'advance',
        () => engine.advance(...step),
        ({ replies, missed, handoff }) => ({ replies: replies.length, missed, handoff: handoff?.reason ?? 'none' }),
      ),
  };
  const tracedStore: typeof store = {
    ...store,
    commit: (turn, begin) => commit(turn, () => store.commit(turn, begin)) as ReturnType<typeof store.commit>,
    ...(commitArrival !== undefined && {
      commitArrival: (eventKey: string, turn: Turn, begin?: Attempt) =>
        commit(turn, () => commitArrival(eventKey, turn, begin)),
    }),
  };
  return { understand: tracedUnderstand, engine: tracedEngine, store: tracedStore };
}
