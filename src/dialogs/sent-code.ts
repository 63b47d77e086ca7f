import type { Understanding } from '../nlu/understanding.ts';
import type { DialogFrame, DialogState } from './dialog.ts';
import { type DialogWorld, nodeAt } from './dialog-world.ts';
import { levelOf } from './identity.ts';
import type { ActionContext } from './run-action.ts';
import { isPrivate } from './slots.ts';
import { chainStart } from './stack.ts';
import type { TurnDraft } from './turn-draft.ts';

/** A one-time code that is on its way to a phone, wherever the talk has gone since. */
export interface SentCode {
  readonly customerCode: string;
  readonly challengeId: string;
  /** UTC ms until which it holds. */
  readonly until: number;
  /** It has done its work, or may not be tried again: whatever else is asked for needs another. */
  readonly isSpent?: true;
  /** The question that waits for it, and what has asked for it: gone on with when the code comes after all. */
  readonly asking: readonly DialogFrame[];
}

/** An SMS may come late, and be typed later: that long a code that holds no more is still kept out of what is stored. */
const TYPED_LATE_MS = 10 * 60_000;

/** Six digits that stand alone and are no sum of money and no count of kWh. */
const SIX_DIGITS =
  /(?<![\p{L}\d])(?<!\d[\s.,-])\d(?:[\s.-]?\d){5}(?![\s.,-]?\d)(?!\s*(?:đ|d|đồng|dong|vnd|vnđ|kwh|ký|kí)(?!\p{L}))/iu;
const NOTHING_ELSE = /^[\p{P}\s]*\d(?:[\s.-]?\d){5}[\p{P}\s]*$/u;

/** Whether a message holds digits that may be the code: within its life anywhere, soon after it by themselves. */
export function mayHoldSentCode({ sentCode }: DialogState, { utterance }: Understanding, now: number): boolean {
  if (sentCode === undefined || !isRemembered(sentCode, now)) {
    return false;
  }
  return now < sentCode.until ? SIX_DIGITS.test(utterance) : NOTHING_ELSE.test(utterance);
}

/** The question for a code that was given up, as long as the code may still come. */
export function givenUpFor({ sentCode }: DialogState, now: number): readonly DialogFrame[] {
  return sentCode !== undefined && sentCode.isSpent === undefined && isRemembered(sentCode, now) ? sentCode.asking : [];
}

/** The code typed once more after it has done its work: there is nothing left to prove. */
export function isProvedAgain(
  { sentCode }: DialogState,
  { utterance }: Understanding,
  { now, identities }: Pick<ActionContext, 'now' | 'identities'>,
): boolean {
  return (
    sentCode?.isSpent === true &&
    isRemembered(sentCode, now) &&
    NOTHING_ELSE.test(utterance) &&
    levelOf(identities, sentCode.customerCode, now) === 'verified'
  );
}

function isRemembered({ until }: SentCode, now: number): boolean {
  return now < until + TYPED_LATE_MS;
}

/** What is known of the code after a turn: which question waits for it now. */
export function sentCodeAfter(world: DialogWorld, { sentCode, stack }: TurnDraft, now: number): SentCode | undefined {
  if (sentCode === undefined || !isRemembered(sentCode, now)) {
    return undefined;
  }
  const last = stack.findLastIndex((frame) => asksForCode(world, frame));
  if (last < 0) {
    return sentCode;
  }
  const upTo = stack.slice(0, last + 1);
  return { ...sentCode, asking: upTo.slice(chainStart(upTo)) };
}

export function asksForCode(world: DialogWorld, frame: DialogFrame): boolean {
  const node = nodeAt(world, frame);
  return node.kind === 'ask' && node.slots.some(isPrivate);
}
