import type { InboundEvent } from '../../src/bot/message.ts';
import type { ConversationSummary } from '../../src/bot/ports.ts';
import type { Turn } from '../../src/bot/turn.ts';
import { AGENT_CAP, type ModelNode, REPEATABLE } from './model-node.ts';
import type { ModelSend, ModelWorld } from './model-world.ts';
import { AGENTS } from './random-act.ts';

interface AtRest {
  readonly node: ModelNode;
  readonly world: ModelWorld;
  /** Everything that customers wrote and that was acknowledged. */
  readonly heard: readonly InboundEvent[];
  /** Keys of all events that a turn names. */
  readonly handled: ReadonlySet<string>;
  /** The newest turn of each conversation. */
  readonly heads: ReadonlyMap<string, Turn>;
}

const EVERYTHING = 1_000_000;

/** What is wrong when nothing is under way any more. */
export async function faultsAtRest({ node, world, heard, handled, heads }: AtRest): Promise<readonly string[]> {
  const lost = heard.filter(({ key }) => !handled.has(key));
  const open = await node.views.list({ holders: ['queue', 'agent'], limit: EVERYTHING });
  const perConversation = await Promise.all([...heads.values()].map((head) => faultsOfList(node, head)));
  return [
    ...lost.map(({ key }) => `${key} was acknowledged and is in no turn.`),
    ...AGENTS.filter((agent) => open.filter(({ agentId }) => agentId === agent).length > AGENT_CAP).map(
      (agent) => `${agent} holds more than ${AGENT_CAP}.`,
    ),
    ...[...heads.values()].flatMap((head) => faultsOfOwner(head, open, world)),
    ...perConversation.flat(),
    ...faultsOfSends(world.sends),
  ];
}

/** Whoever has the word must be able to see it. */
function faultsOfOwner(
  { conversationId, state }: Turn,
  open: readonly ConversationSummary[],
  { present, clock }: ModelWorld,
): readonly string[] {
  const { holder, agentId, snoozedUntil } = state;
  const isOpen = holder === 'queue' || holder === 'agent';
  const isListed = open.some((row) => row.conversationId === conversationId && row.holder === holder);
  const isForsaken = holder === 'agent' && !present.has(agentId ?? '') && (snoozedUntil ?? 0) <= clock.now();
  return [
    ...(isOpen && !isListed ? [`${conversationId} is in no list although ${holder} holds it.`] : []),
    ...(isForsaken ? [`${conversationId} is with ${agentId}, who is gone: nobody sees it.`] : []),
  ];
}

/** The list of messages is that of the chain, and every message to the customer has come to an end. */
async function faultsOfList({ store, views }: ModelNode, { conversationId }: Turn): Promise<readonly string[]> {
  const chain = await store.turns(conversationId, 0, EVERYTHING);
  const listed = await views.messages(conversationId, 0, EVERYTHING);
  const said = chain.flatMap(({ messages }) => messages.map(({ seq }) => seq));
  const isSame = JSON.stringify(said) === JSON.stringify(listed.map(({ seq }) => seq));
  const waiting = listed.filter(({ delivery }) => delivery === 'queued' || delivery === 'sending');
  return [
    ...(isSame ? [] : [`${conversationId}: the list of messages is not that of the chain.`]),
    ...waiting.map(({ seq, delivery }) => `${conversationId}: message ${seq} is still ${delivery} at rest.`),
  ];
}

/** In order, but for safety words, which wait for no others; and once where the channel shows what comes twice. */
function faultsOfSends(sends: readonly ModelSend[]): readonly string[] {
  const faults: string[] = [];
  const [lastSeq, lastSafety] = [new Map<string, number>(), new Map<string, number>()];
  const shown = new Set<string>();
  for (const { conversationId, message, outcome } of sends) {
    const key = `${conversationId}/${message.seq}`;
    const before = Math.max(
      lastSeq.get(conversationId) ?? 0,
      message.isSafety === true ? (lastSafety.get(conversationId) ?? 0) : 0,
    );
    if (before > message.seq) {
      faults.push(`${key} is sent after a later one.`);
    }
    (message.isSafety === true ? lastSafety : lastSeq).set(conversationId, message.seq);
    if (outcome !== 'retry' && shown.has(key) && !key.startsWith(`${REPEATABLE}:`)) {
      faults.push(`${key} is sent again on a channel that shows it twice.`);
    }
    if (outcome !== 'retry') {
      shown.add(key);
    }
  }
  return faults;
}
