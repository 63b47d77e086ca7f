import type { TicketDraft } from '../../dialogs/run-action.ts';
import type { Holder } from '../conversation.ts';

/**
 * One time that a customer wrote to us, from the first message until there is silence or an agent has closed: what the
 * figures count. A projection of the chain without words, names, codes or addresses.
 */
export interface Contact {
  /** Stands for the conversation, and does not say which. */
  readonly key: string;
  /** Counts the contacts of one conversation from 1. */
  readonly number: number;
  /** Of the turn that changed it last. */
  readonly version: number;
  readonly channel: string;
  /** UTC ms of the first message. */
  readonly startedAt: number;
  /** UTC ms of the customer's last message. */
  readonly lastAt: number;
  /** UTC ms of the last message of anybody human. */
  readonly activeAt: number;
  readonly holder: Holder;
  /** Intents in the order in which they came, each once. */
  readonly topics: readonly string[];
  /** Messages that the bot was to answer, and how many of them were not understood or asked back about. */
  readonly messages: number;
  readonly missed: number;
  readonly askedBack: number;
  /** The bot has answered what was asked last. */
  readonly isAnswered: boolean;
  /** UTC ms at which the same customer came back about it. */
  readonly returnedAt?: number;
  readonly handoff?: ContactHandoff;
  readonly emergency?: { readonly at: number; readonly humanAt?: number };
  readonly codesSent: number;
  readonly isVerified: boolean;
  readonly tickets: Readonly<Partial<Record<TicketDraft['kind'], number>>>;
  readonly outage?: ContactOutage;
  /** From 1 to 5. */
  readonly rating?: number;
}

export interface ContactHandoff {
  /** UTC ms since when the customer waits for a human. */
  readonly since: number;
  readonly reason: string;
  /** UTC ms of the first words of a human. */
  readonly humanAt?: number;
  /** UTC ms at which it left the humans before any of them had written. */
  readonly leftAt?: number;
}

export interface ContactOutage {
  /** Reports, and questions when the power comes back. */
  readonly reported: number;
  readonly asked: number;
  /** Of these: told of the incident in the very same turn. */
  readonly atOnce: number;
  /** UTC ms at which the restoration was told. */
  readonly toldAt?: number;
  readonly back: number;
  readonly stillOut: number;
}

/** A customer who has been silent for so long begins a new contact, unless somebody waits or works on it. */
export const SILENCE_MS = 60 * 60_000;
/** Who comes back about the same within this time was not helped. */
export const RETURN_MS = 24 * 3_600_000;
/** Taken over by a human without anybody having asked. */
export const TAKEN_OVER = 'taken_over';

/** Topics that ask for nothing: their contacts are neither contained nor not. */
const NO_REQUEST: ReadonlySet<string> = new Set([
  ...['greeting', 'thanks_goodbye', 'cancel', 'bot_identity', 'out_of_scope'],
]);

export function isRequest(topic: string): boolean {
  return !NO_REQUEST.has(topic);
}

/** The topic under which a contact is counted: the first request, or whatever came first. */
export function mainTopic({ topics }: Pick<Contact, 'topics'>): string | undefined {
  return topics.find(isRequest) ?? topics[0];
}
