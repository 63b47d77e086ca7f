import type { ConversationState } from '../../bot/conversation.ts';
import { parseConversationId } from '../../bot/conversation.ts';
import type { MediaRecord } from '../../bot/media.ts';
import type { ConversationId, TrackedMessage } from '../../bot/message.ts';
import type { Clock, ConversationStore, ConversationViews, DeliveryLedger, MediaStore } from '../../bot/ports.ts';
import type { Turn } from '../../bot/turn.ts';
import { levelOf } from '../../dialogs/identity.ts';
import type { Reply } from '../../dialogs/reply.ts';
import { drawChart } from '../charts/draw-chart.ts';
import type { ConversationAnswer, DeskMessage, KnownIdentity } from './desk-api/conversation.ts';
import { type DeskChannels, takesFiles, windowOf } from './desk-channels.ts';
import { maskEmailsIn } from './mask.ts';
import { mediaQuery } from './media-routes.ts';
import { summarizeForDesk } from './summary.ts';

interface ReadDeps {
  readonly store: ConversationStore;
  readonly views: ConversationViews;
  readonly deliveries: Pick<DeliveryLedger, 'open'>;
  readonly media: Pick<MediaStore, 'records'>;
  readonly channels: DeskChannels;
  readonly clock: Clock;
}

/** Messages after `after`; without it, the last ones. */
interface Window {
  readonly after?: number | undefined;
  readonly limit: number;
}

const TURNS_LOOKED_AT = 100;
const OPEN_ATTEMPTS = 20;
const NOTES_SHOWN = 100;

/** One conversation as the desk shows it; `undefined` when there is none. */
export async function readConversation(
  { store, views, deliveries, media, channels, clock }: ReadDeps,
  conversationId: ConversationId,
  { after, limit }: Window,
): Promise<ConversationAnswer | undefined> {
  const head = await store.head(conversationId);
  if (head === undefined) {
    return undefined;
  }
  const { state } = head;
  const now = clock.now();
  const [turns, messages, notes, files, openAttempts, replyWindow] = await Promise.all([
    recentTurns(store, head),
    views.messages(conversationId, after ?? Math.max(0, state.messageSeq - limit), limit),
    views.notes(conversationId, NOTES_SHOWN),
    media.records(conversationId),
    deliveries.open({ conversationId, before: now + 1, limit: OPEN_ATTEMPTS }),
    windowOf(channels, conversationId),
  ]);
  const heldSince = holdingSince(turns, head);
  return {
    now,
    conversationId,
    channel: parseConversationId(conversationId).channel,
    version: head.version,
    state: shownState(state),
    takesFiles: takesFiles(channels, conversationId),
    ...(heldSince !== undefined && { heldSince }),
    ...(replyWindow !== undefined && { replyWindow }),
    messages: await Promise.all(messages.map((message) => toDeskMessage(message, files))),
    notes,
    openAttempts: openAttempts.map(({ seq, number, at }) => ({ seq, number, at })),
    identities: knownIdentities(state, now),
    summary: summarizeForDesk(turns, messages),
  };
}

/** When the present holder took over; `undefined` when that is too long ago to look up. */
export async function heldSince(store: ConversationStore, head: Turn): Promise<number | undefined> {
  return holdingSince(await recentTurns(store, head), head);
}

/** Customer codes that this conversation knows, best verified first. */
export function knownIdentities(state: ConversationState, now: number): readonly KnownIdentity[] {
  const slots = [state.dialogs.known, ...state.dialogs.stack.map((frame) => frame.slots)];
  const typed = slots.flatMap(({ customer_code: code }) => (code ? [code] : []));
  const codes = new Set([...Object.keys(state.identities), ...typed]);
  return [...codes]
    .map((customerCode): KnownIdentity => {
      const level = levelOf(state.identities, customerCode, now);
      const validUntil = state.identities[customerCode]?.validUntil;
      return level === 'verified' && validUntil !== undefined
        ? { customerCode, level, validUntil }
        : { customerCode, level: 'code_known' };
    })
    .sort((a, b) => Number(b.level === 'verified') - Number(a.level === 'verified'));
}

/** The end of the chain: as much of it as the desk looks at. */
export function recentTurns(store: ConversationStore, head: Turn): Promise<readonly Turn[]> {
  return store.turns(head.conversationId, Math.max(0, head.version - TURNS_LOOKED_AT), TURNS_LOOKED_AT);
}

function holdingSince(turns: readonly Turn[], head: Turn): number | undefined {
  const first = turns.find((turn) => turn.state.epoch === head.state.epoch);
  const isWholeEpochSeen = first !== turns[0] || first?.version === 1;
  return isWholeEpochSeen ? first?.at : undefined;
}

function shownState(state: ConversationState): ConversationAnswer['state'] {
  const { dialogs: _dialogs, identities: _identities, takeoverEpoch: _takeover, ...shown } = state;
  return shown;
}

async function toDeskMessage(
  { conversationId, ...message }: TrackedMessage,
  all: readonly MediaRecord[],
): Promise<DeskMessage> {
  const { reply } = message;
  // A chart that cannot be drawn is still a table.
  const drawing = reply?.kind === 'chart' ? await drawChart(reply).catch(() => undefined) : undefined;
  const files = all
    .filter(({ seq }) => seq === message.seq)
    .map((file) => ({ ...file, query: mediaQuery({ ...file, conversationId }) }));
  return {
    ...message,
    ...(reply !== undefined && { reply: maskedReply(message.author, reply) }),
    ...(drawing !== undefined && { drawing }),
    ...(files.length > 0 && { files }),
  };
}

/** What the bot has read back is the customer's, like the rest of his record; an agent's words are his own. */
function maskedReply(author: DeskMessage['author'], reply: Reply): Reply {
  return author === 'agent' || !('text' in reply) || reply.text === undefined
    ? reply
    : { ...reply, text: maskEmailsIn(reply.text) };
}
