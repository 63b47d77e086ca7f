import type { CrisisFacts, CrisisMessage } from '../../../bot/crisis/crisis-message.ts';
import type { CrisisCheck } from '../../crisis/check-crisis.ts';

/** `GET crises`. */
export interface CrisesAnswer {
  readonly now: number;
  readonly inForce: readonly CrisisMessage[];
  /** Those that have expired or were withdrawn within the last week, the latest change first. */
  readonly ended: readonly CrisisMessage[];
  /** Intents that a message can be about. */
  readonly intents: readonly string[];
}

/** `GET crises/versions`: oldest first. */
export interface CrisisVersionsAnswer {
  readonly versions: readonly CrisisMessage[];
}

/** `POST crises/preview`. `question`: words of a customer to try. */
export interface CrisisPreviewRequest {
  readonly facts: CrisisFacts;
  readonly question?: string;
}

export interface CrisisPreview {
  /** What the bot would say. */
  readonly spoken: string;
  readonly lengths: readonly { readonly channel: string; readonly words: string }[];
  readonly checks: readonly CrisisCheck[];
  /** For the question that was tried. */
  readonly tried?: CrisisTrial;
}

/** Whether the bot would say it to these words, and what decides. */
export type CrisisTrial =
  | { readonly by: 'emergency' | 'nothing' }
  | { readonly by: 'intent' | 'keyword'; readonly match: string };

/** `POST crises/publish`. */
export interface CrisisPublication {
  readonly facts: CrisisFacts;
  /** Brings a warning of danger to the subscribers of its area. */
  readonly isTold?: boolean;
}

/** `POST crises/change`. `version`: the one on the screen. */
export interface CrisisChangeRequest extends CrisisPublication {
  readonly id: string;
  readonly version: number;
}

/** What `POST crises/publish` and `POST crises/change` answer. */
export interface CrisisAnswer {
  readonly message: CrisisMessage;
}
