import { describe, expect, test } from '@jest/globals';
import { type DialogState, EMPTY_DIALOG_STATE } from '../../src/dialogs/dialog.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import type { Understanding } from '../../src/nlu/understanding.ts';
import { loadTrees } from '../support/load-trees.ts';
import { understandingOf } from '../support/understanding-of.ts';

const { engine } = loadTrees();
const HEARD = 'Dạ, mình rất tiếc vì việc này làm anh/chị bức xúc.';
const context = { conversationId: 'web:main:v', channel: 'web', eventKey: 'e', now: 1_000, identities: {} };

async function answer(utterance: string, state: DialogState = EMPTY_DIALOG_STATE, means: Partial<Understanding> = {}) {
  const run = () => Promise.reject(new Error('down'));
  const result = await engine.advance(state, { understanding: understandingOf(utterance, means) }, context, run);
  return { ...result, lines: result.replies.map(toPlainText) };
}

const bill: Partial<Understanding> = { intent: 'bill_explain_high' };

describe('anger', () => {
  test('is heard before the answer, once in a conversation, and not said again with what is repeated', async () => {
    const first = await answer('Ăn cướp hả??? Tiền điện gì mà gấp ba!', undefined, bill);
    expect(first.lines[0]).toBe(HEARD);
    expect(first.lines[1]).toContain('mã khách hàng');
    const repeated = await answer('nhắc lại', first.state);
    expect(repeated.lines).toEqual([expect.stringContaining('mã khách hàng')]);
    const again = await answer('làm ăn kiểu gì vậy!!!', repeated.state);
    expect(again.lines).not.toContain(HEARD);
  });

  test('is not heard in a calm message', async () => {
    const { lines, state } = await answer('sao tháng này tiền điện cao vậy em?', undefined, bill);
    expect(lines.join('\n')).not.toContain('bức xúc');
    expect(state.hasHeardAnger).toBeUndefined();
  });

  test('waits behind danger', async () => {
    const means = { intent: 'safety_emergency', emergency: true };
    const { lines, state } = await answer('GỌI HOÀI KHÔNG AI NGHE, TRỤ ĐIỆN ĐANG CHÁY KÌA!!!', undefined, means);
    expect(lines.join('\n')).not.toContain('bức xúc');
    expect(state.hasHeardAnger).toBeUndefined();
  });
});

describe('the forms of address', () => {
  test('are kept in the conversation, in what is repeated, and in safety words', async () => {
    const first = await answer('cháu ơi tiền điện nhà bác cao quá', undefined, bill);
    expect(first.lines.join('\n')).toMatch(/Bác cho cháu xin mã khách hàng/);
    const repeated = await answer('nhắc lại', first.state);
    expect(repeated.lines.join('\n')).toMatch(/Bác cho cháu xin mã khách hàng/);
    const danger = engine.emergency(first.state, understandingOf('dây điện đứt nè', { emergency: true }));
    expect(danger.replies.map(toPlainText).join('\n')).not.toMatch(/anh\/chị|(?<!\p{L})mình(?!\p{L})/iu);
    expect(danger.state.forms).toEqual({ customer: 'bác', bot: 'cháu' });
  });
});
