import type { DrillChannel } from '../storm-drill/drill-plan.ts';

/** Somebody who has subscribed, and what is the case with him. */
export interface Recipient {
  readonly number: number;
  readonly channel: DrillChannel;
  /** Of his contract. */
  readonly code: string;
  /**
   * `out`: has said no before. `doubtful`: says no in the night, if nothing has come to him by then. `blocked`: takes
   * nothing on his channel, and is told by his phone or his mail.
   */
  readonly fate: 'told' | 'out' | 'doubtful' | 'blocked';
  /** He has written to the OA lately, so that ordinary words reach him there; others get a template. */
  readonly isWindowOpen: boolean;
  /** On record, of those who have proved who they are. */
  readonly phone?: string;
  readonly email?: string;
}

export const UNIT = 'PB0601';
/**
 * Notices a second on each channel, 250 together: Zalo and Telegram as they allow it (half of 4,000 calls a minute, about
 * 30 messages a second). As many recipients are on each, so that all come to their end together.
 */
export const PACES: Readonly<Record<DrillChannel, number>> = { zalo: 30, telegram: 20, web: 200 };
const OUT_EVERY = 47;
const BLOCKED_EVERY = 43;
const DOUBTFUL_EVERY = 211;

/** The same for the same count. */
export function planRecipients(count: number): readonly Recipient[] {
  return Array.from({ length: count }, (_, index) => recipientOf(index + 1, count));
}

function recipientOf(number: number, count: number): Recipient {
  const channel = channelOf(number);
  const fate = fateOf(number, channel, number > count / 2);
  const digits = String(number).padStart(7, '0');
  return {
    ...{ number, channel, fate, code: `${UNIT}${digits}`, isWindowOpen: number % 2 === 0 },
    ...(fate === 'blocked' && (number % 4 < 2 ? { phone: `090${digits}` } : { email: `khach${number}@example.vn` })),
  };
}

/** Mixed, so that no channel waits for another. */
function channelOf(number: number): DrillChannel {
  const total = PACES.zalo + PACES.telegram + PACES.web;
  const place = ((number * 97) % total) + 1;
  return place <= PACES.zalo ? 'zalo' : place <= PACES.zalo + PACES.telegram ? 'telegram' : 'web';
}

function fateOf(number: number, channel: DrillChannel, isLate: boolean): Recipient['fate'] {
  if (number % OUT_EVERY === 0) {
    return 'out';
  }
  if (number % BLOCKED_EVERY === 0 && channel !== 'web') {
    return 'blocked';
  }
  return number % DOUBTFUL_EVERY === 0 && isLate ? 'doubtful' : 'told';
}
