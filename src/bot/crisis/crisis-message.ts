import type { Colleague } from '../colleague.ts';

/**
 * One version of a message for everybody while something is abroad: a rumour, a wave of fraud. Immutable, unique by
 * (id, version); every change is the next version, so bot, banner and desk can say which one they have read.
 */
export interface CrisisMessage extends CrisisFacts {
  /** `TK261128-4K7Q2`. */
  readonly id: string;
  /** From 1. */
  readonly version: number;
  /** UTC ms of this version: what customers are told as "cập nhật lúc". */
  readonly updatedAt: number;
  readonly changedBy: Colleague;
}

/** What its author says. */
export interface CrisisFacts {
  /** `withdrawn` is an end, and so is the time of expiry: nothing follows them. */
  readonly state: 'published' | 'withdrawn';
  /** A few words: the heading of the banner, the name of the ready answer. */
  readonly title: string;
  /** What customers are told. */
  readonly text: string;
  readonly questions: CrisisQuestions;
  /** Absent: it is for everybody. */
  readonly area?: CrisisArea;
  /** People may come to harm: shown as an alarm. */
  readonly isDanger: boolean;
  /** UTC ms; from then on nobody is shown it. */
  readonly expiresAt: number;
  /** The subscribers of its area are to be told of this version. Part of it, so that no crash forgets it. */
  readonly isTold?: boolean;
}

/** Which questions it answers: any of these intents, or any of these words. */
export interface CrisisQuestions {
  readonly intents: readonly string[];
  /** As their author wrote them; compared folded, as whole words. */
  readonly keywords: readonly string[];
}

export interface CrisisArea {
  /** Old or new name. */
  readonly province: string;
  /** Communes and old districts; none: the whole province. */
  readonly places: readonly string[];
}

export function isInForce({ state, expiresAt }: Pick<CrisisMessage, 'state' | 'expiresAt'>, now: number): boolean {
  return state === 'published' && now < expiresAt;
}

/** The newest first, then by number: the same order on every engine. */
export function byNews(a: CrisisMessage, b: CrisisMessage): number {
  return b.updatedAt - a.updatedAt || (a.id < b.id ? -1 : 1);
}
