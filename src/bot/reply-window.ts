/** Until when a customer may be written to where a channel limits that, UTC ms. */
export interface ReplyWindow {
  /** Messages cost nothing until then. */
  readonly freeUntil: number;
  /** The channel takes messages until then. */
  readonly openUntil: number;
}

export type WindowState = 'free' | 'charged' | 'closed';

export function windowState({ freeUntil, openUntil }: ReplyWindow, now: number): WindowState {
  if (now > openUntil) {
    return 'closed';
  }
  return now > freeUntil ? 'charged' : 'free';
}
