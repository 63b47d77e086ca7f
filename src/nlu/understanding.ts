/** The intent reported when nothing in the catalogue fits. */
export const NO_INTENT = 'none';

/** What to do with the best guess: take it, ask back, or say that it was not understood. */
export type Decision = 'accept' | 'clarify' | 'reject';

export type EntityType =
  | 'customer_code'
  | 'unit_code'
  | 'phone'
  | 'email'
  | 'billing_period'
  | 'date'
  | 'time'
  | 'otp'
  | 'place'
  | 'kwh'
  | 'money'
  | 'meter_index'
  | 'person_name'
  | 'number';

/** A value found in an utterance. `start` and `end` are UTF-16 offsets into the utterance as written (NFC). */
export interface Entity {
  readonly type: EntityType;
  /** The words as the customer wrote them. */
  readonly text: string;
  /**
   * The value in its standard form: customer code `PB06010001234`; unit code `PB0601` or, for a company, `PB06`; phone `0912345678`; billing period `2026-10`
   * or a range `2026-07/2026-09`; date `2026-11-28` or a range `2026-11-23/2026-11-29`; otp six digits.
   */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Between 0 and 1. */
  readonly confidence: number;
  /**
   * Set when the value is recognisably of this type but wrong, for example a customer code of 12 characters.
   * The code says what is wrong; the dialog says it to the customer.
   */
  readonly problem?: string;
}

export interface IntentScore {
  readonly intent: string;
  /** Calibrated probability between 0 and 1. */
  readonly confidence: number;
}

/** What one utterance means. */
export interface Understanding {
  /** The utterance as written, in NFC. */
  readonly utterance: string;
  /** The utterance after normalisation, as the classifier saw it. */
  readonly normalized: string;
  /** The best intent of the catalogue, or `none` when the decision is `reject`. */
  readonly intent: string;
  readonly confidence: number;
  readonly decision: Decision;
  /** Best first; holds the best intent too. At most three when the decision is `clarify`. */
  readonly alternatives: readonly IntentScore[];
  /** A further request in the same utterance. */
  readonly secondIntent?: string;
  readonly entities: readonly Entity[];
  /** True when the words speak of present danger to life. */
  readonly emergency: boolean;
}

/** Turns one utterance into its meaning. Pure and synchronous; `now` (UTC ms) gives "tháng rồi" and "mai" their meaning. */
export type Understand = (utterance: string, context: UnderstandContext) => Understanding;

export interface UnderstandContext {
  /** UTC milliseconds. */
  readonly now: number;
  /** Entity types the open question asks for: helps with bare answers such as "123456" or "tháng 6". */
  readonly expects?: readonly EntityType[];
}
