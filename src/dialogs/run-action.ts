import type { Identities, Identity } from './identity.ts';
import type { Provenance } from './provenance.ts';
import type { Reply } from './reply.ts';
import type { Wish } from './subscribed-topic.ts';

/** Values a dialog keeps. Strings only, so that a state is plain JSON and every placeholder can be printed. */
export type Slots = Readonly<Record<string, string>>;

/** What an action may know about the turn it runs in. */
export interface ActionContext {
  readonly conversationId: string;
  readonly channel: string;
  /** Key of the event that this turn handles: the same when the turn runs again. */
  readonly eventKey: string;
  /** UTC milliseconds. */
  readonly now: number;
  readonly identities: Identities;
  /** The message of this turn as written. */
  readonly utterance?: string;
  /** The dialog that runs the action. */
  readonly dialog?: string;
}

/**
 * A writing act, carried out after the commit, at least once, under the key `<conversation>/<version>/<number>`:
 * whoever carries it out must be idempotent by that key.
 */
export type EffectRequest =
  | { readonly kind: 'send_otp'; readonly customerCode: string; readonly challengeId: string; readonly phone: string }
  /** `corrects`: the ticket with this number is there, and the customer has told part of it anew. */
  | { readonly kind: 'open_ticket'; readonly ticket: TicketDraft; readonly corrects?: true }
  /** The customer has agreed to `words`, which he was shown, and wants to be told from now on. */
  | { readonly kind: 'subscribe'; readonly wish: Wish; readonly isVerified: boolean; readonly words: string }
  /** `everything`: nothing shall be told any more that was not asked in the same moment. */
  | { readonly kind: 'unsubscribe'; readonly wishes: readonly Wish[]; readonly everything: boolean }
  /** Somebody has no power, or asks when it comes back, or answers whether it is back. */
  | { readonly kind: 'report_outage'; readonly report: OutageReportDraft }
  /** Words to an address outside this conversation: a phone, or a mail address. */
  | {
      readonly kind: 'send_notice';
      readonly channel: 'sms' | 'email' | 'zalo';
      readonly to: string;
      readonly reply: Reply;
    }
  /**
   * What is kept about who writes here goes; with `customerCode`, everything about that customer. `isSilent`: nobody is
   * there to hear of it. `isHeld`: he has been told that a legal hold keeps it for now.
   */
  | {
      readonly kind: 'erase_data';
      readonly number: string;
      readonly customerCode?: string;
      readonly isSilent?: true;
      readonly isHeld?: true;
    };

export interface OutageReportDraft {
  readonly kind: 'reported' | 'asked' | 'still_out' | 'back';
  readonly place?: string;
  readonly customerCode?: string;
  /** Somebody there depends on the power for life or health. */
  readonly isVulnerable: boolean;
  /** The incident of which he is told now. */
  readonly toldOf?: string;
  /** The incident whose end this answers. */
  readonly answers?: string;
}

export interface TicketDraft {
  /** Drawn from `Ids` beforehand, because the customer is told it in the same turn. */
  readonly number: string;
  readonly kind: 'outage' | 'emergency' | 'billing' | 'meter' | 'service' | 'callback';
  readonly priority: 'normal' | 'high' | 'urgent';
  readonly summary: string;
  readonly customerCode?: string;
  readonly place?: string;
  readonly phone?: string;
  readonly details: Slots;
}

/** What an action found. Expected results are outcomes, never exceptions. */
export interface ActionResult {
  /** One of the outcomes that the catalogue lists for this action. */
  readonly outcome: string;
  /** Slots to set; an empty string clears one. */
  readonly slots?: Slots;
  /** Said before the replies of the next node (a card, a list). */
  readonly replies?: readonly Reply[];
  readonly effects?: readonly EffectRequest[];
  readonly identities?: Readonly<Record<string, Identity>>;
  readonly provenance?: readonly Provenance[];
}

/** Runs one action of the catalogue in `actions.ts`. Look-ups only: what writes is returned as an effect. */
export type RunAction = (name: string, slots: Slots, context: ActionContext) => Promise<ActionResult>;
