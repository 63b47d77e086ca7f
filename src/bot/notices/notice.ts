import type { Provenance } from '../../dialogs/provenance.ts';
import type { Reply } from '../../dialogs/reply.ts';
import type { SendOutcome } from '../channel-adapter.ts';
import type { ConversationId, DeliveryState } from '../message.ts';

/** What notices are about; each has its rules in `data/notices/rules.yaml`. */
export const NOTICE_TOPICS = [
  'bill',
  'debt',
  'planned_outage',
  'reading_day',
  'ticket',
  'restoration',
  'crisis',
] as const;

export type NoticeTopic = (typeof NOTICE_TOPICS)[number];

/** Something that is told without being asked in the same moment. */
export interface Notice {
  /**
   * What has happened, in signs of `[A-Za-z0-9._/-]`: `incident/<id>/restored`. The same event is told to the same
   * recipient once, whoever calls and however often. It stays when a person is erased, so it names nobody.
   */
  readonly event: string;
  readonly topic: NoticeTopic;
  readonly replies: readonly Reply[];
  /** Said as well where ordinary messages pass, and not only templates: a chart. */
  readonly more?: readonly Reply[];
  /** Where the figures in them come from. */
  readonly provenance?: readonly Provenance[];
  /** When the customer himself has last asked to be told of this very event, UTC ms; absent: he has not. */
  readonly askedAt?: number;
  /** After that it is of no use, UTC ms. */
  readonly expiresAt?: number;
  /** The campaign that it belongs to. */
  readonly campaign?: string;
}

/** Who is told: a conversation, and where else its owner can be reached when its channel takes nothing. */
export interface Recipient {
  readonly conversationId: ConversationId;
  /** A mobile number, `0…`. */
  readonly phone?: string;
  readonly email?: string;
}

/** What became of a call. Only `told` and `deferred` have changed anything. */
export type TellOutcome =
  /** It is on its way to this conversation, in order behind everything before it. */
  | { readonly result: 'told'; readonly conversationId: ConversationId }
  /** It is kept and told when the quiet hours end, UTC ms. */
  | { readonly result: 'deferred'; readonly until: number }
  /** This recipient has been told, or will be, or was passed over before. */
  | { readonly result: 'repeat' }
  | { readonly result: 'skipped'; readonly reason: SkipReason };

export type SkipReason =
  | 'opted_out'
  /** No channel takes it: the window is closed and there is no other address. */
  | 'unreachable'
  /** Its campaign was stopped before. */
  | 'stopped'
  | 'expired';

/** Why the rest of a notice waits of which its customer has the beginning: taken out and told anew, he would have it twice. */
export const PARTLY_SENT = 'partly_sent';

/** The outcome of a message in parts whose part of that index, from 0, was not accepted. `authorId`: of the message. */
export function outcomeOfPart(outcome: SendOutcome, index: number, authorId: string | undefined): SendOutcome {
  const waits = outcome.result === 'wait' || outcome.result === 'retry';
  return index > 0 && waits && isByNotice(authorId) ? { ...outcome, reason: PARTLY_SENT } : outcome;
}

/** Under which a notice to a recipient is kept. */
export function noticeKeyOf(event: string, conversationId: ConversationId): string {
  return `${event}/to/${conversationId}`;
}

/** Under which it is kept when it goes to his other address, because the first one has refused it. */
export function elseKeyOf(key: string): string {
  return `${key}/else`;
}

/** One notice to one recipient as it is kept. */
export interface NoticeRecord {
  /** Of `noticeKeyOf` or `elseKeyOf`. */
  readonly key: string;
  readonly campaign?: string;
  readonly topic: NoticeTopic;
  /** Where it goes. */
  readonly conversationId: ConversationId;
  /** Where it goes when that fails. */
  readonly fallback?: ConversationId;
  readonly replies: readonly Reply[];
  readonly provenance?: readonly Provenance[];
  readonly expiresAt?: number;
  /** When the customer himself has last asked to be told of this very event, UTC ms. */
  readonly askedAt?: number;
  /** How many times it was put off after it had been given. */
  readonly putOff?: number;
}

/** `waiting`: not given to the conversation yet. `given`: in the chain, on its way. The others are ends. */
export type NoticeState = 'waiting' | 'given' | 'skipped' | NoticeEnd;

export type NoticeEnd = Exclude<DeliveryState, 'queued' | 'sending'>;

/** Inbound events of notices begin so; the messages that they make carry the key as their author's id. */
export const NOTICE_KEY = 'tell/';

/** In no key: neither events nor addresses have this sign. */
const PUT_OFF_SIGN = '#';
const PUT_OFF_END = /#(\d+)$/;

/** Whether a message that this author has written is a notice. */
export function isByNotice(authorId: string | undefined): authorId is string {
  return authorId?.startsWith(NOTICE_KEY) === true;
}

/** The author's id of the messages of a notice. One that was put off is given again under another. */
export function noticeAuthorOf({ key, putOff = 0 }: Pick<NoticeRecord, 'key' | 'putOff'>): string {
  return `${NOTICE_KEY}${key}${putOff === 0 ? '' : `${PUT_OFF_SIGN}${putOff}`}`;
}

export function keyOfAuthor(authorId: string): string {
  return authorId.slice(NOTICE_KEY.length).replace(PUT_OFF_END, '');
}

/** How many times the notice had been put off when it was given by this author's id. */
export function putOffOfAuthor(authorId: string): number {
  return Number(PUT_OFF_END.exec(authorId)?.[1] ?? 0);
}
