import { expect, test } from '@jest/globals';
import { setsOf } from '../../src/dialogs/choice-sets.ts';
import type { DialogChoice } from '../../src/dialogs/dialog.ts';

const WALLET: DialogChoice = {
  label: 'Ví điện tử',
  key: 'wallet',
  words: ['momo', 'zalo pay', 'vi dien tu'],
  sets: { paid_channel: 'ví điện tử ({words})', claimed_problem: 'paid_twice' },
  next: 'end',
};

test.each([
  ['em trả qua MoMo nha', 'ví điện tử (MoMo)'],
  ['qua Zalo  Pay', 'ví điện tử (Zalo  Pay)'],
  ['Ví điện tử', 'ví điện tử'],
  ['cái thứ hai', 'ví điện tử'],
])('"%s" fills in what it says', (said, channel) => {
  expect(setsOf(WALLET, said)).toEqual({ paid_channel: channel, claimed_problem: 'paid_twice' });
});

test('What was told more exactly before is kept', () => {
  expect(setsOf(WALLET, 'có', { paid_channel: 'ví điện tử (MoMo)' })['paid_channel']).toBe('ví điện tử (MoMo)');
  expect(setsOf(WALLET, 'có', { paid_channel: 'ngân hàng (vcb)' })['paid_channel']).toBe('ví điện tử');
});
