import { describe, expect, test } from '@jest/globals';
import { createDialogEngine } from '../../src/dialogs/create-dialog-engine.ts';
import { type DialogState, EMPTY_DIALOG_STATE } from '../../src/dialogs/dialog.ts';
import { hasFigure } from '../../src/dialogs/has-figure.ts';
import { readDialogText } from '../../src/dialogs/load-dialogs.ts';
import type { Provenance } from '../../src/dialogs/provenance.ts';
import { CONSTANTS, loadTrees } from '../support/load-trees.ts';
import { understandingOf } from '../support/understanding-of.ts';

const TREE = `
dialog: debt
title: Nợ
starts_on: [bill_lookup]
first: look_up
nodes:
  look_up:
    do: find_hotline
    outcomes: { found: ask_phone, failed: end }
  ask_phone:
    ask: phone
    say: Anh/chị cho mình số điện thoại nhé.
    retry: { say: "Còn nợ {total}, anh/chị cho mình số điện thoại nhé.", times: 2, gave_up: end }
    next: tell
  tell: { say: "Anh/chị còn nợ {total}.", next: end }
`;
const BILL: Provenance = { record: 'bill', id: 'PB06010001234/2026-10/1', version: 'v7', asOf: '2026-11-01' };
const TOLD = { outcome: 'found', slots: { hotline: '1', hotline_tel: '1', corporation: 'x', total: '636.768 đ' } };

const { dialog } = readDialogText('debt.dialog.yaml', TREE);
const engine = createDialogEngine({
  dialogs: [...(dialog ? [dialog] : []), ...loadTrees().dialogs],
  constants: CONSTANTS,
});
const context = { conversationId: 'web:main:v', channel: 'web', eventKey: 'e', now: 1_000, identities: {} };

function hear(utterance: string, state: DialogState, provenance: readonly Provenance[] = [BILL, BILL]) {
  const run = async () => ({ ...TOLD, provenance });
  return engine.advance(state, { understanding: understandingOf(utterance, {}) }, context, run);
}

const OPEN: DialogState = {
  ...EMPTY_DIALOG_STATE,
  stack: [{ dialog: 'debt', node: 'look_up', tries: 0, slots: {} }],
};

describe('where figures come from', () => {
  test('is said in the turn of the look-up, each record once', async () => {
    expect((await hear('xem', OPEN)).provenance).toEqual([BILL]);
  });

  test('is said again where a later turn tells what was found before', async () => {
    const { state } = await hear('xem', OPEN);
    const again = await hear('bảy con mèo', state);
    expect(again.replies.some(hasFigure)).toBe(true);
    expect(again.provenance).toEqual([BILL]);
  });

  test('is repeated with the words that are repeated', async () => {
    const { state } = await hear('bảy con mèo', (await hear('xem', OPEN)).state);
    const repeated = await hear('nhắc lại', state);
    expect(repeated.replies.some(hasFigure)).toBe(true);
    expect(repeated.provenance).toEqual([BILL]);
  });

  test('is forgotten with a value that is found anew without it', async () => {
    const { state } = await hear('xem', OPEN);
    const [frame] = state.stack;
    const anew = { ...state, stack: frame ? [{ ...frame, node: 'look_up', tries: 0 }] : [] };
    const { state: after } = await hear('xem', anew, []);
    expect((await hear('bảy con mèo', after)).provenance).toEqual([]);
  });
});

describe('a figure', () => {
  test.each(['636.768 đ', '250 kWh', 'hạn 05/12/2026', 'tháng 10/2026', '07:30 thứ Hai', '1.2 đồng'])(
    'is in "%s"',
    (text) => expect(hasFigure({ kind: 'text', text })).toBe(true),
  );
  test.each([
    'Gọi 1900 1006 (24/7)',
    'Mã PB06010001234',
    'Nhắn giúp mình, ví dụ "tháng 6/2026" nhé',
    'Mã có hiệu lực 5 phút',
    'xã/phường',
    'gồm 10 chữ số',
  ])('is not in "%s"', (text) => expect(hasFigure({ kind: 'text', text })).toBe(false));
});
