import type { AgentAct } from '../../src/bot/agent-act.ts';
import { conversationId } from '../../src/bot/conversation.ts';
import { noLimits } from '../../src/bot/cost-limits.ts';
import { createCrisisAnswers } from '../../src/bot/crisis/crisis-answers.ts';
import { type CrisisMessage, isInForce } from '../../src/bot/crisis/crisis-message.ts';
import { createHandleTurn } from '../../src/bot/handle-turn.ts';
import type { CustomerContent, EventContent, Message } from '../../src/bot/message.ts';
import type { ConversationStore } from '../../src/bot/ports.ts';
import { type DialogState, EMPTY_DIALOG_STATE, type ExitTaken } from '../../src/dialogs/dialog.ts';
import type { DialogEngine } from '../../src/dialogs/dialog-engine.ts';
import type { Identities } from '../../src/dialogs/identity.ts';
import type { Provenance } from '../../src/dialogs/provenance.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import type { RunAction } from '../../src/dialogs/run-action.ts';
import { momentWords } from '../../src/integrations/actions/spoken-figures.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { createSqliteConversationStore } from '../../src/integrations/storage/sqlite/conversation-store.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import type { Understanding } from '../../src/nlu/understanding.ts';

/** Sunday 22 November 2026, 10:00 in Viet Nam. */
export const TRANSCRIPT_NOW = Date.UTC(2026, 10, 22, 3);

/** What one line of a transcript led to. */
export interface Step {
  readonly replies: readonly { readonly author: 'bot' | 'agent' | 'system'; readonly reply: Reply }[];
  /** Where the figures in them come from. */
  readonly provenance: readonly Provenance[];
  readonly path: readonly ExitTaken[];
  /** How the transcript would end here, when not with the dialog that is open: by hand-off, or held by another. */
  readonly ending?: string;
}

/** Where a transcript is played: on the dialog engine alone, or in the whole turn with its hand-off. */
export interface TranscriptStage {
  dialogs(): DialogState;
  /** UTC ms. */
  now(): number;
  hear(said: { understanding: Understanding; content: CustomerContent }, run: RunAction): Promise<Step>;
  /** The service asks a question by itself. */
  ask(replies: readonly Reply[], provenance: readonly Provenance[]): Promise<Step>;
  /** What an agent does; throws where the table of moves does not allow it. */
  act(wish: AgentWish, run: RunAction): Promise<Step>;
  /** Time goes by. */
  wait(ms: number): void;
}

export type AgentWish =
  | { readonly act: 'claim' | 'release' }
  | { readonly act: 'say'; readonly text: string }
  | { readonly act: 'requeue'; readonly note: string }
  | { readonly act: 'close'; readonly wrapUp: string };

const ID = conversationId({ channel: 'web', account: 'main', customer: 'v' });
const AGENT = { agentId: 'a1', agentName: 'Lan' };
const UTILITY = loadUtility();

/** The dialog engine alone. */
export function createEngineStage(engine: DialogEngine, verified: Identities): TranscriptStage {
  let state = EMPTY_DIALOG_STATE;
  let identities = verified;
  let now = TRANSCRIPT_NOW;
  return {
    dialogs: () => state,
    now: () => now,
    wait(ms) {
      now += ms;
    },
    async hear({ understanding, content: { choice } }, run) {
      const context = { conversationId: ID, channel: 'web', eventKey: 'e', now, identities };
      const result = await engine.advance(state, { understanding, ...(choice && { choice }) }, context, run);
      state = result.state;
      identities = { ...identities, ...result.identities };
      return {
        replies: result.replies.map((reply) => ({ author: 'bot', reply })),
        provenance: result.provenance,
        path: result.path ?? [],
        ...(result.handoff !== undefined && { ending: `handoff (${result.handoff.reason})` }),
      };
    },
    async ask(replies, provenance) {
      state = engine.opened(state, replies);
      return { replies: replies.map((reply) => ({ author: 'system', reply })), provenance, path: [] };
    },
    act: () => Promise.reject(new Error('No agent is there: the engine alone knows of none.')),
  };
}

interface DeskStageParts {
  readonly crises?: readonly CrisisMessage[];
  readonly store?: ConversationStore;
}

/** The whole turn: queue, take-over, release and closing as they really are, over a store of its own. */
export function createDeskStage(
  engine: DialogEngine,
  verified: Identities,
  { crises = [], store = createSqliteConversationStore(openDatabase({ path: ':memory:' })) }: DeskStageParts = {},
): TranscriptStage {
  const heard = new Map<string, Understanding>();
  let path: ExitTaken[] = [];
  let dialogs = EMPTY_DIALOG_STATE;
  let runAction: RunAction = () => Promise.reject(new Error('Nothing is played.'));
  let count = 0;
  let now = TRANSCRIPT_NOW;
  const faults: Error[] = [];
  const handleTurn = createHandleTurn({
    store,
    understand: (text) => heard.get(text) ?? failFor(text),
    engine: {
      ...engine,
      async advance(state, input, context, run) {
        const identities = { ...verified, ...context.identities };
        const result = await engine.advance(state, input, { ...context, identities }, run);
        path.push(...(result.path ?? []));
        return result;
      },
    },
    runAction: (...call) => runAction(...call),
    agentSlots: { free: async () => {} },
    staffing: { look: async () => ({ agents: 1, waiting: 0 }) },
    limits: noLimits,
    findCrisisAnswers: createCrisisAnswers({
      ...{ ...UTILITY, momentWords, customers: { customer: async () => undefined } },
      crises: { crisesInForce: async (at) => crises.filter((message) => isInForce(message, at)) },
    }),
    clock: { now: () => now },
    ids: { next: () => `t${count}`, ticketNumber: (kind) => `${kind}261122-0001` },
    policy: { queueWaitMs: 180_000, identityIdleMs: {} },
    // A look-up that is down is part of a conversation; a turn that failed is not.
    log: {
      error: (details) => void ('error' in details && details.error instanceof Error && faults.push(details.error)),
    },
  });

  async function take(content: EventContent, run: RunAction): Promise<Step> {
    count += 1;
    path = [];
    runAction = run;
    const times = { orderKey: now + count, receivedAt: now };
    const outcome = await handleTurn({ key: `web/main/${count}`, conversationId: ID, ...times, content });
    if (faults[0] !== undefined) {
      throw faults[0];
    }
    if (outcome.result !== 'committed') {
      throw new Error(`The desk would not have it: ${JSON.stringify(outcome)}`);
    }
    const { state, messages } = outcome.turn;
    dialogs = state.dialogs;
    const { holder, handoffReason, agentName } = state;
    const waiting = holder === 'queue' ? handoffReason : agentName;
    return {
      replies: messages.flatMap(outgoing),
      provenance: messages.flatMap(({ provenance = [] }) => provenance),
      path,
      ...(holder !== 'bot' && { ending: [holder, ...(waiting === undefined ? [] : [`(${waiting})`])].join(' ') }),
    };
  }

  return {
    dialogs: () => dialogs,
    now: () => now,
    wait(ms) {
      now += ms;
    },
    hear({ understanding, content }, run) {
      heard.set(understanding.utterance, understanding);
      return take({ kind: 'customer_message', ...content }, run);
    },
    ask: (replies, provenance) =>
      take({ kind: 'notice', replies, provenance }, () => Promise.reject(new Error('A notice runs no action.'))),
    act: (wish, run) => take({ kind: 'agent_act', ...AGENT, ...wish } satisfies { kind: 'agent_act' } & AgentAct, run),
  };
}

function outgoing({ author, reply }: Message): Step['replies'] {
  return reply === undefined || author === 'customer' ? [] : [{ author, reply }];
}

function failFor(text: string): never {
  throw new Error(`The bot reads what nobody has said: "${text}"`);
}
