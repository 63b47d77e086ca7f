import { describe, expect, test } from '@jest/globals';
import { createDialogEngine } from '../../src/dialogs/create-dialog-engine.ts';
import { type DialogState, EMPTY_DIALOG_STATE } from '../../src/dialogs/dialog.ts';
import type { AdvanceInput } from '../../src/dialogs/dialog-engine.ts';
import type { Identities } from '../../src/dialogs/identity.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import type { ActionResult, RunAction } from '../../src/dialogs/run-action.ts';
import type { Understanding } from '../../src/nlu/understanding.ts';
import { CONSTANTS, loadTrees } from '../support/load-trees.ts';
import { understandingOf } from '../support/understanding-of.ts';

const { dialogs, engine } = loadTrees();
const CODE = 'PB06010001234';
const NOW = 1_000;

const RESULTS: Record<string, ActionResult> = {
  check_customer_code: { outcome: 'well_formed' },
  send_otp: { outcome: 'sent', slots: { challenge_id: 'c1' } },
  check_otp: { outcome: 'wrong', slots: { tries_left: '2' } },
  find_bill: {
    outcome: 'found',
    slots: { month: 'tháng 10', kwh: '250', total: '636.768 đ', due: '05/12', bill_status: 'chưa thanh toán' },
    replies: [{ kind: 'text', text: 'Hóa đơn tháng 10: 636.768 đ' }],
    provenance: [{ record: 'bill', id: `${CODE}/2026-10/1`, version: '7', asOf: '2026-11-01' }],
  },
};

const runFrom =
  (results: Record<string, ActionResult>): RunAction =>
  async (name) => {
    const result = results[name];
    if (result === undefined) {
      throw new Error(`${name} is down`);
    }
    return result;
  };

function says(utterance: string, means: Partial<Understanding> = {}): AdvanceInput {
  return { understanding: understandingOf(utterance, means) };
}

const code = (value = CODE, problem?: string) => ({
  entities: [
    {
      type: 'customer_code' as const,
      text: value,
      value,
      start: 0,
      end: value.length,
      confidence: 1,
      ...(problem !== undefined && { problem }),
    },
  ],
});

async function talk(
  inputs: readonly AdvanceInput[],
  options: { identities?: Identities; run?: RunAction; state?: DialogState; now?: number } = {},
) {
  const { identities = {}, run = runFrom(RESULTS), now = NOW } = options;
  let state = options.state ?? EMPTY_DIALOG_STATE;
  let result = await engine.advance(state, inputs[0] ?? says(''), context(identities, now), run);
  for (const input of inputs.slice(1)) {
    state = result.state;
    result = await engine.advance(state, input, context(identities, now), run);
  }
  return { ...result, text: result.replies.map(toPlainText).join('\n') };
}

function context(identities: Identities, now: number) {
  return { conversationId: 'web:main:v', channel: 'web', eventKey: 'e', now, identities };
}

const verified = (validUntil: number): Identities => ({ [CODE]: { level: 'verified', validUntil } });
const ASK_BILL = says(`xem tiền điện ${CODE}`, { intent: 'bill_lookup', ...code() });

test('a question for the phone says so, its repetition after an answer without one does not', async () => {
  const complaint = { dialog: 'complaint', node: 'contact', slots: {}, tries: 0 };
  const contact = { dialog: 'contact-details', node: 'ask_where', slots: {}, tries: 1, called: true };
  const state = { ...EMPTY_DIALOG_STATE, stack: [complaint, contact] };
  const first = await talk([says(CODE, code())], { state });
  expect(first.replies.at(-1)).toMatchObject({ asksFor: 'phone', text: expect.stringContaining('số điện thoại') });
  const again = await talk([says('không nhớ')], { state: first.state });
  expect(again.replies.at(-1)).not.toHaveProperty('asksFor');
});

describe('identity', () => {
  test('keeps a bill back until the customer is verified', async () => {
    const result = await talk([ASK_BILL]);
    expect(result.text).not.toContain('636.768');
    expect(result.state.stack.at(-1)?.dialog).toBe('verify-customer');
  });

  test('tells the bill to the verified, with its provenance', async () => {
    const result = await talk([ASK_BILL], { identities: verified(NOW + 1) });
    expect(result.text).toContain('636.768');
    expect(result.provenance).toHaveLength(1);
  });

  test('asks again when the verification has run out', async () => {
    const result = await talk([ASK_BILL], { identities: verified(NOW) });
    expect(result.text).not.toContain('636.768');
  });

  test('is of one customer code: another code is verified by itself', async () => {
    const other = says('xem tiền điện PB06010005678', { intent: 'bill_lookup', ...code('PB06010005678') });
    const result = await talk([ASK_BILL, other], { identities: verified(NOW + 1) });
    expect(result.text).not.toContain('636.768');
    expect(result.state.stack.at(-1)?.dialog).toBe('verify-customer');
  });
});

describe('a one-time code', () => {
  test('is marked for redaction, also when it is mistyped', async () => {
    expect((await talk([ASK_BILL, says('12 34 5')])).redactUtterance).toBe(true);
    expect((await talk([ASK_BILL, says('mã đâu em')])).redactUtterance).toBe(false);
  });

  test('does not stay in the state', async () => {
    const otp = { type: 'otp' as const, text: '918273', value: '918273', start: 0, end: 6, confidence: 1 };
    const result = await talk([ASK_BILL, says('918273', { entities: [otp] })]);
    expect(result.text).toContain('2 lần thử');
    expect(JSON.stringify(result.state)).not.toContain('918273');
  });
});

describe('a code that was sent and not asked for any more', () => {
  const MINUTE = 60_000;
  const CANCEL = says('thôi khỏi', { intent: 'cancel' });
  const heard = async (words: string, now: number) => {
    const { state } = await talk([ASK_BILL, CANCEL]);
    const { redactUtterance } = await talk([says(words)], { state, now });
    // Whoever holds the conversation: an agent must not read it either.
    expect(engine.holdsCode(state, understandingOf(words), now)).toBe(redactUtterance);
    return redactUtterance;
  };

  test.each([
    ['918273', 2 * MINUTE, true],
    ['mã nè em 918 273', 2 * MINUTE, true],
    ['918273.', 14 * MINUTE, true],
    ['mã nè em 918 273', 6 * MINUTE, false],
    ['918273', 16 * MINUTE, false],
    ['em đóng 455.000 đ rồi', 2 * MINUTE, false],
    ['số em 0912345678', 2 * MINUTE, false],
  ])('%s after %i ms is kept out of what is stored: %s', async (words, after, isHidden) => {
    expect(await heard(words, NOW + after)).toBe(isHidden);
  });

  test('is remembered without its digits, and expected until it is spent', async () => {
    const otp = { type: 'otp' as const, text: '918273', value: '918273', start: 0, end: 6, confidence: 1 };
    const { state } = await talk([ASK_BILL, CANCEL]);
    expect([engine.expects(state, NOW), engine.expects(state, NOW + 16 * MINUTE)]).toEqual([['otp'], []]);
    const wrong = await talk([says('918273', { entities: [otp] })], { state });
    expect(wrong.text).toContain('2 lần thử');
    expect(JSON.stringify(wrong.state)).not.toContain('918273');
    const run = runFrom({ ...RESULTS, check_otp: { outcome: 'verified' } });
    const right = await talk([says('918273', { entities: [otp] })], { state, run, identities: verified(NOW + 1) });
    expect(right.text).toContain('Hóa đơn tháng 10');
    expect(engine.expects({ ...right.state, stack: [] }, NOW)).toEqual([]);
  });
});

describe('an action that a customer has had too often', () => {
  test('ends the dialog with words and the hotline, and asks nothing further', async () => {
    const run = runFrom({ ...RESULTS, find_bill: { outcome: 'too_often' } });
    const result = await talk([ASK_BILL], { identities: verified(NOW + 1), run });
    expect(result.text).toContain('chậm lại');
    expect(result.text).toContain(CONSTANTS['hotline']);
    expect(result.state.stack).toEqual([]);
    expect(result.failures ?? []).toEqual([]);
  });
});

describe('an action that fails', () => {
  test('takes the exit "failed" and is reported', async () => {
    const result = await talk([ASK_BILL], { run: runFrom({}) });
    expect(result.failures?.map(({ action }) => action)).toEqual(['check_customer_code']);
    expect(result.text).toContain('gián đoạn');
  });

  test.each([
    ['an outcome that nobody listed', { outcome: 'found_it' }],
    ['an outcome without its slots', { outcome: 'found' }],
  ])('includes %s', async (_, find_bill) => {
    const result = await talk([ASK_BILL], { identities: verified(NOW + 1), run: runFrom({ ...RESULTS, find_bill }) });
    expect(result.failures?.map(({ action }) => action)).toEqual(['find_bill']);
    expect(result.text).toContain('gián đoạn');
  });
});

describe('digression', () => {
  test('gives up the oldest dialog when too many lie on one another', async () => {
    const result = await talk([
      says('xem tiền điện', { intent: 'bill_lookup' }),
      says('có lịch cúp điện không', { intent: 'outage_planned' }),
      says('mất điện rồi', { intent: 'outage_report' }),
      says('chuyện khác', { intent: 'unserved_intent' }),
    ]);
    expect(result.state.stack.map((frame) => frame.dialog)).toEqual(['outage-planned', 'outage-report', 'not-served']);
  });

  test('comes back to a dialog that is already open instead of opening it twice', async () => {
    const result = await talk([
      says('xem tiền điện', { intent: 'bill_lookup' }),
      says('có lịch cúp điện không', { intent: 'outage_planned' }),
      says('thôi xem tiền điện đi', { intent: 'bill_lookup' }),
    ]);
    expect(result.state.stack.map((frame) => frame.dialog)).toEqual(['bill-lookup']);
  });

  test('leaves the value of the outer dialog alone', async () => {
    const first = await talk(
      [ASK_BILL, says(`lịch cúp điện PB06010005678`, { intent: 'outage_planned', ...code('PB06010005678') })],
      {
        run: runFrom({ ...RESULTS, find_outages_by_code: { outcome: 'none', slots: { window_end: '26/11' } } }),
      },
    );
    expect(first.state.known['customer_code']).toBe('PB06010005678');
    expect(first.state.stack[0]?.slots['customer_code']).toBe(CODE);
  });
});

describe('buttons', () => {
  test('of a question that is no longer open are told apart', async () => {
    const old = { understanding: understandingOf(''), choice: 'bill-lookup/ask_code/khong-nho-ma' };
    const result = await talk([says('có lịch cúp điện không', { intent: 'outage_planned' }), old]);
    expect(result.text).toContain('câu hỏi trước');
    expect(result.state.stack.map((frame) => frame.dialog)).toEqual(['outage-planned']);
  });

  test('made up by somebody change nothing', async () => {
    const forged = { understanding: understandingOf(''), choice: 'PB06010009999' };
    const result = await talk([says('xem tiền điện', { intent: 'bill_lookup' }), forged]);
    expect(result.state.stack[0]?.slots['customer_code']).toBeUndefined();
  });
});

describe('a new release', () => {
  test('starts a tree again whose node is gone, and keeps its slots', async () => {
    const frame = { dialog: 'outage-planned', node: 'gone', tries: 1, slots: { date: '2026-11-23' } };
    const result = await talk([says('xin chào')], { state: { ...EMPTY_DIALOG_STATE, stack: [frame] } });
    expect(result.state.stack).toMatchObject([
      { dialog: 'outage-planned', node: 'ask_where', slots: { date: '2026-11-23' } },
    ]);
  });

  test('forgets a dialog that is gone', async () => {
    const frame = { dialog: 'gone', node: 'gone', tries: 1, slots: {} };
    const state = { ...EMPTY_DIALOG_STATE, stack: [frame] };
    const result = await talk([says('xin chào', { intent: 'greeting' })], { state });
    expect(result.state.stack).toEqual([]);
  });
});

describe('an emergency', () => {
  const danger = understandingOf('dây điện đứt', { intent: 'safety_emergency', emergency: true });

  test('is answered at once, with no action, and keeps what was open', async () => {
    const { state } = await talk([ASK_BILL]);
    const result = engine.emergency(state, danger);
    expect(toPlainText(result.replies[0] ?? { kind: 'text', text: '' })).toContain('TRÁNH XA dây điện');
    expect(result.state.stack.map((frame) => frame.dialog)).toEqual(['bill-lookup', 'verify-customer', 'emergency']);
  });

  test('told twice is answered twice, and does not pile up', () => {
    const once = engine.emergency(EMPTY_DIALOG_STATE, danger);
    const twice = engine.emergency(once.state, danger);
    expect(twice.replies.map(toPlainText)).toEqual(once.replies.map(toPlainText));
    expect(twice.state.stack.map((frame) => frame.dialog)).toEqual(['emergency']);
  });

  test('opens the same dialog when it comes through advance', async () => {
    const result = await talk([{ understanding: danger }]);
    expect(result.replies).toEqual(engine.emergency(EMPTY_DIALOG_STATE, danger).replies);
  });

  test('asks where, even when a place is known from before', () => {
    const known = { place: 'Bến Lức / Tây Ninh' };
    const result = engine.emergency({ ...EMPTY_DIALOG_STATE, known }, danger);
    expect(result.state.stack.at(-1)?.node).toBe('ask_place');
  });
});

describe('notices', () => {
  test('say the name of the agent', () => {
    const text = engine.notice(EMPTY_DIALOG_STATE, 'agent-joined', { agent_name: 'Hương' }).map(toPlainText).join('\n');
    expect(text).toContain('Nhân viên Hương');
  });

  test.each(dialogs.filter((dialog) => dialog.isNotice).map((dialog) => [dialog.id, dialog] as const))(
    '%s can be said',
    (id, dialog) => {
      const slots = Object.fromEntries(dialog.given.map((slot) => [slot, 'x']));
      expect(engine.notice(EMPTY_DIALOG_STATE, id, slots).map(toPlainText).join('')).toMatch(/^[^{}]+$/);
    },
  );

  test('are said in the form of address that the customer uses', () => {
    const state = { ...EMPTY_DIALOG_STATE, forms: { customer: 'chú', bot: 'con' } } as const;
    const text = engine.notice(state, 'queue-place', { agents: '1', ahead: '2' }).map(toPlainText).join('\n');
    expect(text).toContain('2 khách chờ trước chú');
    expect(text).toContain('vẫn có thể hỏi con');
  });

  test('with an unknown id or without its slots throw', () => {
    expect(() => engine.notice(EMPTY_DIALOG_STATE, 'nobody-wrote-this', {})).toThrow('nobody-wrote-this');
    expect(() => engine.notice(EMPTY_DIALOG_STATE, 'agent-joined', {})).toThrow('agent_name');
  });
});

test('tells which entities the open question asks for', async () => {
  const { state } = await talk([ASK_BILL]);
  expect(engine.expects(state, NOW)).toEqual(['otp']);
  expect(engine.expects(EMPTY_DIALOG_STATE, NOW)).toEqual([]);
});

test('has a content version that changes with any word', () => {
  const [first, ...others] = dialogs;
  const changed = first && { ...first, title: `${first.title}!` };
  const other = createDialogEngine({ dialogs: changed ? [changed, ...others] : [], constants: CONSTANTS });
  expect(engine.contentVersion).toBe(loadTrees().engine.contentVersion);
  expect(other.contentVersion).not.toBe(engine.contentVersion);
});

test('repeats the last words as often as it is asked to', async () => {
  const open = await talk([says('xem tiền điện', { intent: 'bill_lookup' })]);
  const again = await talk([says('xem tiền điện', { intent: 'bill_lookup' }), says('nhắc lại'), says('nhắc lại đi')]);
  expect(again.text).toBe(open.text);
});
