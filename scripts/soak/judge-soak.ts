import type { DeliveryState } from '../../src/bot/message.ts';

/** A message that a simulated phone has written. */
export interface WrittenMessage {
  readonly text: string;
  /** When Zalo began the first delivery of its event that the product may have kept, ms of the simulation. */
  readonly deliveredFrom: number;
  /** When the first delivery that it acknowledged was acknowledged. */
  readonly acknowledgedAt: number;
}

/** A message as the product keeps it: what a customer said, or the lines that a phone should show. */
export type KeptMessage =
  | { readonly seq: number; readonly said: string }
  | { readonly seq: number; readonly lines: readonly string[]; readonly delivery: DeliveryState | undefined };

/** `seq`: of which message the product takes it, where it knows Zalo's id of it. */
export interface ShownLine {
  readonly text: string;
  readonly seq?: number;
}

export interface CustomerRecord {
  readonly name: string;
  /** In the order of writing. */
  readonly written: readonly WrittenMessage[];
  /** What the OA has written, as the phone shows it. */
  readonly shown: readonly ShownLine[];
  /** In the order of the conversation. */
  readonly kept: readonly KeptMessage[];
}

export interface Verdict {
  /** What broke a promise, in words. */
  readonly violations: readonly string[];
  /** Answers that the product marks as uncertain, and those of them that the phone does not show. */
  readonly uncertain: number;
  readonly unseen: number;
  /** Messages handled before one that came only after the time to wait for it. */
  readonly overtaken: number;
}

/**
 * Judges one customer: each message handled once and answered; each answer on the phone once and in order, or missing
 * and marked `uncertain`; messages in the order of writing wherever they came within the settling time.
 */
export function judgeCustomer({ name, written, shown, kept }: CustomerRecord, settleMs: number): Verdict {
  const handled = kept.flatMap((message) => ('said' in message ? [message.said] : []));
  const answers = judgeAnswers(kept, shown);
  const inversions = invertedPairs(written, handled);
  const violations = [
    ...judgeHandling(written, handled),
    ...answers.violations,
    ...inversions
      .filter(({ earlier, later }) => earlier.acknowledgedAt <= later.deliveredFrom + settleMs)
      .map(({ earlier, later }) => `"${later.text}" was handled before "${earlier.text}", which was there in time`),
  ];
  return { ...answers, violations: violations.map((line) => `${name}: ${line}`), overtaken: inversions.length };
}

function judgeHandling(written: readonly WrittenMessage[], handled: readonly string[]): readonly string[] {
  return written
    .map(({ text }) => ({ text, times: handled.filter((other) => other === text).length }))
    .filter(({ times }) => times !== 1)
    .map(({ text, times }) => `"${text}" was handled ${times} times`);
}

function judgeAnswers(kept: readonly KeptMessage[], shown: readonly ShownLine[]): Omit<Verdict, 'overtaken'> {
  const violations: string[] = [];
  let [uncertain, unseen, place] = [0, 0, 0];
  for (const [index, message] of kept.entries()) {
    if ('said' in message) {
      const next = kept[index + 1];
      if (next === undefined || 'said' in next) {
        violations.push(`"${message.said}" has no answer`);
      }
      continue;
    }
    const seen = message.lines.filter((line, at) => isOf(shown[place + at], message.seq, line)).length;
    place += seen;
    uncertain += message.delivery === 'uncertain' ? 1 : 0;
    if (seen < message.lines.length && message.delivery === 'uncertain') {
      unseen += 1;
    } else if (seen < message.lines.length) {
      violations.push(`message ${message.seq} (${message.delivery}) is not on the phone at its place`);
    }
  }
  for (const { text } of shown.slice(place)) {
    violations.push(`the phone shows too much: "${text.slice(0, 60)}"`);
  }
  return { violations, uncertain, unseen };
}

/** Two answers may have the same words: which of them is on the phone, its id tells. */
function isOf(shown: ShownLine | undefined, seq: number, line: string): boolean {
  return shown?.text === line && (shown.seq ?? seq) === seq;
}

/** Neighbours in the order of handling that were written the other way round. */
function invertedPairs(written: readonly WrittenMessage[], handled: readonly string[]) {
  const ordered = handled.map((text) => written.findIndex((message) => message.text === text));
  return ordered.flatMap((index, position) => {
    const before = ordered[position - 1] ?? -1;
    const [earlier, later] = [written[index], written[before]];
    return before > index && earlier !== undefined && later !== undefined ? [{ earlier, later }] : [];
  });
}
