import type { IdentityLevel } from './identity.ts';

export interface OutcomeKind {
  /** Slots that the action sets with this outcome: later nodes may say them. */
  readonly sets?: readonly string[];
  /** A code has been sent with this outcome, and holds for so long. */
  readonly codeLifeMs?: number;
  /** The code that was sent is of no more use. */
  readonly spendsCode?: true;
  /** Slots that turned out to be wrong. */
  readonly clears?: readonly string[];
  /** Told only at this identity level; below it the other outcome is taken, as if the action had found that. */
  readonly needsIdentity?: { readonly level: IdentityLevel; readonly otherwise: string };
}

/** What an action costs others, so that one customer may have it only so often (`data/limits`). */
export type ActionCost = 'look_up' | 'chart' | 'sms' | 'ticket';

export interface ActionKind {
  /** Slots without which the action cannot run. */
  readonly needs: readonly string[];
  /** Slots that it takes when they are there. */
  readonly uses?: readonly string[];
  /** Of these slots the action gets the customer's own words where they are kept: a crew finds "cạnh chùa" by them. */
  readonly asWritten?: readonly string[];
  /** Identity level that it needs for the slot `customer_code`; below it the outcome is `not_verified`. */
  readonly identity: IdentityLevel;
  /** Absent: it may run as often as anybody writes. */
  readonly cost?: ActionCost;
  /** The closed list of outcomes, apart from `failed`, `not_verified` and `too_often`, which the engine adds. */
  readonly outcomes: Readonly<Record<string, OutcomeKind>>;
}
