import { describe, expect, test } from '@jest/globals';
import type { WorkLedger } from '../../src/bot/ports.ts';
import { createEffectRunner } from '../../src/bot/run-effects.ts';
import type { Effect } from '../../src/bot/turn.ts';
import { noEffects } from '../support/no-effects.ts';

const EFFECT: Effect & { readonly tries: number } = {
  key: 'web:main:v/1/1',
  conversationId: 'web:main:v',
  at: 1_000,
  request: {
    kind: 'open_ticket',
    ticket: { number: 'SC1', kind: 'outage', priority: 'normal', summary: 'Mất điện', details: {} },
  },
  tries: 0,
};

function build(claimEffect?: WorkLedger['claimEffect'], now = () => 5_000) {
  const happened: string[] = [];
  const runner = createEffectRunner({
    ledger: {
      effectsDue: async () => [EFFECT],
      ...(claimEffect !== undefined && { claimEffect }),
      effectDone: async () => void happened.push('done'),
      effectFailed: async () => void happened.push('failed'),
    },
    handlers: {
      ...noEffects,
      open_ticket: async () => void happened.push('opened'),
    },
    clock: { now },
    claimedForMs: 60_000,
    log: { error: () => {} },
  });
  return { runner, happened };
}

async function runOnce({ runner, happened }: ReturnType<typeof build>): Promise<readonly string[]> {
  await runner.sweep();
  await runner.idle();
  return happened;
}

describe('carrying out effects', () => {
  test('leaves an effect alone that another node has in hand', async () => {
    expect(await runOnce(build(async () => false))).toEqual([]);
  });

  test('takes an effect in hand for as long as one try may take', async () => {
    const claims: unknown[] = [];
    const happened = await runOnce(
      build(async (...claim) => {
        claims.push(claim);
        return true;
      }),
    );
    expect(happened).toEqual(['opened', 'done']);
    expect(claims).toEqual([['web:main:v/1/1', 5_000, 65_000]]);
  });

  test('is not carried out by a node that was stopped with it in hand until its time was over', async () => {
    let now = 5_000;
    const stopped = build(
      async () => {
        now += 60_000;
        return true;
      },
      () => now,
    );
    expect(await runOnce(stopped)).toEqual([]);
  });

  test('asks nobody where one process alone works on the ledger', async () => {
    expect(await runOnce(build())).toEqual(['opened', 'done']);
  });
});
