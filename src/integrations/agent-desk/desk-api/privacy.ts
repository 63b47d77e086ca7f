import type { ErasedCounts, Erasure, WrittenRequest } from '../../../bot/erasures.ts';

/** `GET privacy`: what is held, and what was asked to be erased, the newest first. Customer codes are masked. */
export interface PrivacyAnswer {
  readonly now: number;
  readonly holds: readonly HoldAnswer[];
  readonly erasures: readonly ErasureAnswer[];
}

export interface HoldAnswer {
  readonly id: string;
  readonly kind: 'customer' | 'conversation';
  /** The masked code, or the conversation's id. */
  readonly subject: string;
  readonly reason: string;
  readonly reference?: string;
  readonly byName: string;
  /** UTC ms. */
  readonly at: number;
  /** UTC ms after which it holds no more. */
  readonly until: number;
}

export interface ErasureAnswer extends Pick<Erasure, 'number' | 'state' | 'askedAt' | 'doneAt' | 'request'> {
  readonly by: Erasure['by']['kind'];
  /** Masked; gone when it is done. */
  readonly customerCode?: string;
  readonly erased: ErasedCounts;
}

/** `POST privacy/hold`. */
export interface HoldRequest {
  readonly kind: HoldAnswer['kind'];
  /** The customer code, or the conversation's id. */
  readonly subject: string;
  readonly reason: string;
  readonly reference: string;
  readonly until: number;
}

/** `POST privacy/lift`. */
export interface LiftRequest {
  readonly id: string;
  readonly reason: string;
}

/** `POST privacy/erase` and `POST privacy/export`: a request that came past the chat. */
export interface PersonRequest extends WrittenRequest {
  readonly customerCode: string;
}

export interface EraseAnswer {
  /** Number of the receipt. */
  readonly number: string;
  /** A legal hold keeps everything for now. */
  readonly isHeld: boolean;
}

export interface ExportAnswer {
  readonly number: string;
  /** To read, and the same as JSON; both for 24 hours. */
  readonly page: string;
  readonly file: string;
}
