import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '../stage.ts';
import { countUp } from '../world.ts';

/** What will go wrong with one API call. */
export interface CallPlan {
  readonly names: readonly string[];
  /** Instead of carrying the call out. */
  readonly before: 'reset' | 'http5xx' | 'htmlBody' | undefined;
  /** After carrying it out, instead of answering. */
  readonly after: 'dropFirstAnswer' | 'hang' | undefined;
  readonly slowMs: number;
}

/** Draws the faults of one call. Equal calls are told apart by their number, so that order elsewhere does not matter. */
export function planCall({ world, draws }: Stage, path: string, body: Buffer, isJson: boolean): CallPlan {
  const { faults } = world;
  // The boundary of a multipart body is random, so an upload counts by its path alone.
  const content = isJson ? createHash('sha256').update(body).digest('hex') : '';
  const nth = countUp(world, `call ${path} ${content}`);
  const hits = (name: 'reset' | 'http5xx' | 'htmlBody' | 'hang' | 'dropFirstAnswer', n = nth) =>
    draws.happens(faults[name], name, path, content, n);

  const before = (['reset', 'http5xx', 'htmlBody'] as const).find((name) => hits(name));
  const wasJustDropped = nth > 0 && hits('dropFirstAnswer', nth - 1);
  const drops = hits('dropFirstAnswer') && !wasJustDropped;
  const after = before !== undefined ? undefined : drops ? 'dropFirstAnswer' : hits('hang') ? 'hang' : undefined;
  const slow = faults.slowApiMs;
  const slowMs = typeof slow === 'number' ? slow : draws.between(slow, 'slowApiMs', path, content, nth);
  const names = [before, after, slowMs > 0 ? 'slowApiMs' : undefined].filter((name) => name !== undefined);
  return { names, before, after, slowMs };
}

/** Waits in real time: it is the product's own patience that is tried. */
export async function waitSlowly(ms: number): Promise<void> {
  if (ms > 0) {
    await sleep(ms);
  }
}
