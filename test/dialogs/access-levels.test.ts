import { describe, expect, test } from '@jest/globals';
import { ACTIONS } from '../../src/dialogs/actions.ts';
import { EMPTY_DIALOG_STATE } from '../../src/dialogs/dialog.ts';
import type { Identities, Identity } from '../../src/dialogs/identity.ts';
import { loadTrees } from '../support/load-trees.ts';
import { understandingOf } from '../support/understanding-of.ts';

const { dialogs, engine } = loadTrees();
const CODE = 'PB06010001234';
const NOW = 1_000;

/** Each place of each tree where an action is asked for that only a verified customer may have: the access table. */
const ROWS = dialogs.flatMap(({ id, nodes }) =>
  Object.entries(nodes).flatMap(([node, each]) =>
    each.kind === 'do' && ACTIONS[each.does]?.identity === 'verified' ? [[id, node, each.does] as const] : [],
  ),
);

/** Stands at a node and goes on; tells which actions were asked for, and the exit that was taken there. */
async function goOn(dialog: string, node: string, identities: Identities) {
  const action = dialogs.find(({ id }) => id === dialog)?.nodes[node];
  const needs = action?.kind === 'do' ? (ACTIONS[action.does]?.needs ?? []) : [];
  const slots = { ...Object.fromEntries(needs.map((slot) => [slot, 'x'])), customer_code: CODE };
  const state = { ...EMPTY_DIALOG_STATE, stack: [{ dialog, node, tries: 0, slots }] };
  const asked: string[] = [];
  const context = { conversationId: 'web:main:v', channel: 'web', eventKey: 'e', now: NOW, identities };
  const { path = [] } = await engine.advance(state, { understanding: understandingOf('ừ') }, context, async (name) => {
    asked.push(name);
    throw new Error('down');
  });
  return { asked, exit: path.find((each) => each.dialog === dialog && each.node === node)?.exit };
}

describe('the access table', () => {
  test('has a row for each action that only a verified customer may have', () => {
    const kept = Object.entries(ACTIONS).filter(([, { identity }]) => identity === 'verified');
    expect([...new Set(ROWS.map(([, , action]) => action))].sort()).toEqual(kept.map(([name]) => name).sort());
  });

  const below: readonly (readonly [string, Identities])[] = [
    ['nobody', {}],
    ['somebody who knows the code', { [CODE]: { level: 'code_known', validUntil: NOW + 1 } satisfies Identity }],
    ['somebody whose verification has run out', { [CODE]: { level: 'verified', validUntil: NOW } }],
    ['somebody verified for another code', { PB06010005678: { level: 'verified', validUntil: NOW + 1 } }],
  ];
  describe.each(below)('to %s', (_who, identities) => {
    test.each(ROWS)('%s/%s does not even look up %s', async (dialog, node, action) => {
      const { asked, exit } = await goOn(dialog, node, identities);
      expect([asked.includes(action), exit]).toEqual([false, 'not_verified']);
    });
  });

  test.each(ROWS)('to the verified, %s/%s looks up %s', async (dialog, node, action) => {
    const { asked, exit } = await goOn(dialog, node, { [CODE]: { level: 'verified', validUntil: NOW + 1 } });
    expect([asked.includes(action), exit]).toEqual([true, 'failed']);
  });
});
