import type { ConversationId, CustomerContent, EventContent, InboundEvent } from '../../../bot/message.ts';
import type { Clock, DeliveryLedger, OptOuts } from '../../../bot/ports.ts';
import { dayOf, hourOf } from '../../local-time.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Hold } from './hold.ts';
import type { MarkSeen } from './mark-seen.ts';
import type { ZaloEvent } from './parse.ts';
import type { PhoneCustomers } from './phone-customer.ts';
import type { Sender } from './send.ts';
import type { ZaloSettings } from './settings.ts';
import type { EchoMark, ZaloStore } from './store.ts';
import type { WaitingRoom } from './waiting-room.ts';

export interface IntakeDeps {
  readonly store: Pick<ZaloStore, 'sends' | 'buttons' | 'interactions'>;
  readonly room: WaitingRoom;
  readonly hold: Pick<Hold, 'holds'>;
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  readonly deliveries: Pick<DeliveryLedger, 'receipt'>;
  readonly phones: Pick<PhoneCustomers, 'conversationWith'>;
  readonly isUnstored: Sender['isUnstored'];
  readonly isUrgent: (text: string) => boolean;
  readonly optOuts: Pick<OptOuts, 'add'>;
  readonly markSeen: MarkSeen | undefined;
  /** Counts what has no place in a conversation. */
  readonly count: (what: string) => void;
  /** Runs something that may get lost, once, after that time. */
  readonly later: (work: () => Promise<unknown>, afterMs: number) => void;
  readonly clock: Clock;
  readonly settings: ZaloSettings;
}

type Of<K extends ZaloEvent['kind']> = Extract<ZaloEvent, { readonly kind: K }>;

/** Before the time that Zalo gives the echo: when it comes says nothing, as its repeats take hours. */
const ECHO_LOOKS_BACK_MS = 10 * 60_000;
const WORDLESS = '[Hình ảnh, tệp hoặc nhãn dán]';

/** A message of the OA as Zalo has it. */
export interface SentWords {
  readonly text: string | undefined;
  /** UTC ms. */
  readonly at: number;
}

export interface Intake {
  /** Does what an event asks for. What it must not lose is durable when it resolves; throws when nothing can keep it. */
  take(event: ZaloEvent): Promise<void>;
  /** The same for a customer's message that was found in Zalo's lists: an old one is for a human. */
  found(event: ZaloEvent): Promise<void>;
  /** Zalo has this message of ours: a send whose answer was lost has come through. */
  settleSend(conversationId: ConversationId, messageId: string, as: SentWords): Promise<void>;
}

export function createIntake(deps: IntakeDeps): Intake {
  const { store, room, hold, clock, settings } = deps;

  async function take(event: ZaloEvent): Promise<void> {
    switch (event.kind) {
      case 'customer':
        return fromCustomer(event);
      case 'echo':
        return fromOa(event);
      case 'receipt':
        return noteReceipt(event);
      case 'interaction':
        return store.interactions.note(event.conversationId, event.at);
      case 'withdrawal':
        // At once and for good.
        await deps.optOuts.add(event.conversationId);
        await deps.receive(toInbound(event, { kind: 'withdrawal' }));
        return;
      case 'call_consent':
        return deps.count(`call_consent_${event.state.toLowerCase()}`);
      case 'ignored':
      case 'unknown':
      case 'malformed':
      case 'foreign':
        return;
    }
  }

  async function found(event: ZaloEvent): Promise<void> {
    if (event.kind !== 'customer' || clock.now() - event.at <= settings.staleAfterMs) {
      return take(event);
    }
    const message = await withMeaning(event);
    const note = `Khách nhắn tin này lúc ${hourOf(event.at)} ngày ${dayOf(event.at)}, hệ thống nhận muộn nên bot chưa trả lời.`;
    store.interactions.note(event.conversationId, event.at).catch(() => {});
    await deps.receive(toInbound(event, { kind: 'late_message', message, note }));
  }

  async function settleSend(id: ConversationId, messageId: string, { text, at }: SentWords): Promise<void> {
    const since = clock.now() - settings.catchUpReachMs;
    const echo = { conversationId: id, messageId, fingerprint: fingerprintOf(text), at, since };
    if (await store.sends.matchEcho(echo)) {
      await settle(messageId, 'accepted');
    }
  }

  async function fromCustomer(event: Of<'customer'>): Promise<void> {
    const content = await withMeaning(event);
    const inbound = toInbound(event, { kind: 'customer_message', ...content });
    const isUrgent = content.choice === undefined && deps.isUrgent(content.text ?? '');
    // Nobody waits for this note: it only tells the desk how long we may write.
    store.interactions.note(event.conversationId, event.at).catch(() => {});
    const waits = settings.settleMs > 0 || hold.holds(event.conversationId);
    if (!waits || isUrgent) {
      await deps.receive(inbound);
    } else {
      await room.enter({ event: inbound }, settings.settleMs).catch(() => deps.receive(inbound));
    }
    const { markSeen } = deps;
    const { messageId } = event;
    if (markSeen !== undefined && messageId !== undefined && content.choice === undefined) {
      deps.later(() => markSeen(event.conversationId, messageId), 0);
    }
  }

  /** A tap comes as ordinary text that is the payload of the button: what it stands for is in the store. */
  async function withMeaning({ conversationId, content }: Of<'customer'>): Promise<CustomerContent> {
    const payload = content.text ?? '';
    if (!isPayload(payload)) {
      return content;
    }
    const meaning = await store.buttons.find(conversationId, payload);
    return meaning === undefined ? { choice: payload } : { text: meaning.label, choice: meaning.value };
  }

  function isPayload(text: string): boolean {
    return text.startsWith(settings.payloadPrefix) && /^\d+\.\d+$/.test(text.slice(settings.payloadPrefix.length));
  }

  async function fromOa(event: Of<'echo'>): Promise<void> {
    if (event.adminId !== undefined) {
      const agentName = settings.outsideAgentName;
      const text = event.text ?? WORDLESS;
      await deps.receive(toInbound(event, { kind: 'outside_agent', adminId: event.adminId, agentName, text }));
      return;
    }
    const echo = { messageId: event.messageId, fingerprint: fingerprintOf(event.text) };
    const inbound = toInbound(event, { kind: 'outside_notice', text: event.text ?? WORDLESS });
    // The echo may be here before the answer to our own send is, and other words may have been echoed than were sent.
    if (await isOurs(inbound, echo, deps)) {
      await settle(event.messageId, 'accepted');
    } else {
      await room.enter({ event: inbound, echo }, settings.echoSettleMs);
    }
  }

  async function noteReceipt(event: Of<'receipt'>): Promise<void> {
    await matchByPhone(event, deps);
    for (const messageId of event.messageIds) {
      if (!(await settle(messageId, event.state))) {
        // It may have overtaken the answer to our send, or its echo. A state that is lost in a crash is no message lost.
        deps.later(() => settle(messageId, event.state), settings.echoSettleMs);
      }
    }
  }

  /** Whether the message is known to be ours. */
  async function settle(messageId: string, state: 'accepted' | 'delivered' | 'read'): Promise<boolean> {
    const part = await store.sends.byMessageId(messageId);
    if (part?.isLast === true) {
      await deps.deliveries.receipt(part.conversationId, part.seq, state);
    }
    return part !== undefined;
  }

  function toInbound(event: Of<'customer' | 'echo' | 'withdrawal'>, content: EventContent): InboundEvent {
    const { key, conversationId, at } = event;
    return { key, conversationId, orderKey: at, receivedAt: clock.now(), content };
  }

  return { take, found, settleSend };
}

/** Whether an echo without the name of a human is our own: by its id, or by a send to this customer with its words. */
export async function isOurs(
  event: InboundEvent,
  echo: EchoMark,
  deps: Pick<IntakeDeps, 'store' | 'isUnstored'>,
): Promise<boolean> {
  const { conversationId, orderKey: at } = event;
  return (
    deps.isUnstored(conversationId, echo.fingerprint) ||
    (await deps.store.sends.matchEcho({ conversationId, ...echo, at, since: at - ECHO_LOOKS_BACK_MS }))
  );
}

/** A template to a phone has no echo: when the answer to it was lost, its receipt is the first to tell its id. */
async function matchByPhone(
  { byPhone, messageIds: [messageId], at }: Of<'receipt'>,
  { store, phones, clock, settings }: Pick<IntakeDeps, 'store' | 'phones' | 'clock' | 'settings'>,
): Promise<void> {
  const conversationId = byPhone && phones.conversationWith(byPhone.phone);
  if (byPhone !== undefined && conversationId !== undefined && messageId !== undefined) {
    const since = clock.now() - settings.catchUpReachMs;
    await store.sends.matchEcho({ conversationId, messageId, fingerprint: byPhone.trackingId, at, since });
  }
}
