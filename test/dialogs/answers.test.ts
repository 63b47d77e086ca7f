import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isPastReview, pickAnswer } from '../../src/dialogs/answer.ts';
import { createDialogEngine } from '../../src/dialogs/create-dialog-engine.ts';
import { foldWords } from '../../src/dialogs/fold-words.ts';
import { loadAnswers, readAnswers } from '../../src/dialogs/load-answers.ts';
import { unservedIntents } from '../../src/dialogs/unserved-intents.ts';
import { listIntentFiles } from '../../src/nlu/load-intents.ts';
import { CONSTANTS, loadTrees } from '../support/load-trees.ts';

const INTENTS = join(import.meta.dirname, '../../data/intents');
const TODAY = '2026-11-22';
const answers = loadAnswers();
const { dialogs } = loadTrees();

describe('the catalogue', () => {
  const intents = listIntentFiles(INTENTS).map((name) => name.replace(/\.yaml$/, ''));

  test('has a tree for every intent, and words for every tree that tells an answer', () => {
    expect(unservedIntents(intents, dialogs, answers)).toEqual([]);
  });

  test('names an intent without a tree and a tree without its answer', () => {
    expect(unservedIntents(['no_such_intent'], dialogs, [])).toEqual(
      expect.arrayContaining([
        'no_such_intent: no dialog starts on it. Add a tree to src/dialogs/trees.',
        'bill-payment: it tells an answer, and there is none. Add data/answers/bill_payment.yaml.',
      ]),
    );
  });
});

describe('the answers', () => {
  test.each(
    (
      [
        ['bill_payment', 'đóng tiền điện ở đâu', 'ways'],
        ['bill_payment', 'stk dien luc la gi de e ck', 'account'],
        ['bill_payment', 'cho xin link thanh toán', 'link'],
        ['bill_payment', 'đăng ký trích nợ tự động', 'debit'],
        ['bill_payment', 'momo được không', 'wallet'],
        ['bill_payment', 'thế còn ngân hàng thì sao', 'bank'],
        ['bill_payment', 'ra bưu điện đóng được hông', 'cash'],
        ['bill_payment', 'trả qua momo có mất phí không', 'fee'],
        ['bill_payment', 'bao lâu thì hiện', 'shown'],
        ['complaint', 'vậy em báo ở đâu', 'where'],
        ['scam_check', 'vậy em báo ở đâu', 'where'],
        ['new_connection', 'nộp hồ sơ ở đâu', 'where'],
        ['office_contact', 'vậy em gọi số nào', 'call'],
        ['support_discount', 'nhận ở đâu', 'where'],
        ['invoice_copy', 'đổi email nhận hóa đơn', 'mail'],
        ['invoice_copy', 'tải hóa đơn điện tử ở đâu', 'download'],
        ['support_discount', 'Hộ nghèo có được hỗ trợ tiền điện không ạ?', 'households'],
        ['support_discount', 'can ngheo co duoc giam tien dien ko ad', 'near_poor'],
        ['support_discount', 'covid giam tien dien con ap dung hem', 'covid'],
        ['meter_problem', 'Tắt hết cầu dao mà đồng hồ vẫn nhảy số', 'all_off'],
        ['new_connection', 'gắn điện mới mất bao lâu', 'time'],
        ['contract_change', 'muốn lên điện 3 pha', 'capacity'],
        ['disconnect_reconnect', 'đóng tiền rồi chừng nào mở điện lại cho tôi', 'reconnect'],
        ['disconnect_reconnect', 'cho tui khất vài bữa rồi đóng được không', 'delay'],
        ['energy_saving_tips', 'máy lạnh để mấy độ cho tiết kiệm', 'cooling'],
        ['electrical_safety_tips', 'sử dụng điện an toàn mùa mưa bão', 'flood'],
        ['office_contact', 'thứ 7 điện lực có làm việc không', 'hours'],
        ['complaint', 'cúp điện làm hư tủ lạnh của tôi, đòi bồi thường', 'damage'],
        ['scam_check', 'lỡ bấm vào link người ta gửi rồi', 'happened'],
        ['app_help', 'không nhận được mã OTP', 'otp'],
        ['rooftop_solar', 'giá mua điện mặt trời mái nhà hiện nay', 'price'],
        ['bot_identity', 'bạn có phải chatgpt không', 'maker'],
      ] as const
    ).map(([intent, said, id]) => [intent, said, `${intent}/${id}`] as const),
  )('of %s: "%s" is told %s', (intent, said, id) => {
    const own = answers.filter((answer) => answer.intent === intent);
    expect(pickAnswer(own, foldWords(said), TODAY)?.id).toBe(id);
  });

  test('outside its days an answer gives way to the one for all other questions', () => {
    const base = { intent: 'x', text: 'x', source: 'x', holdsFor: 'EVN', updated: TODAY, reviewBy: '2027-01-01' };
    const always = { ...base, id: 'x/always', words: [], from: '2020-01-01' };
    const once = { ...base, id: 'x/once', words: ['giam'], from: '2026-01-01', to: '2026-06-30' };
    expect(pickAnswer([once, always], 'co giam khong', '2026-06-30')?.id).toBe('x/once');
    expect(pickAnswer([once, always], 'co giam khong', '2026-07-01')?.id).toBe('x/always');
    expect(pickAnswer([always], 'co giam khong', '2019-12-31')).toBeUndefined();
    expect([isPastReview(always, '2027-01-01'), isPastReview(always, '2027-01-02')]).toEqual([false, true]);
  });

  test('belong to the content version', () => {
    const version = (own: typeof answers) =>
      createDialogEngine({ dialogs, constants: CONSTANTS, answers: own }).contentVersion;
    expect(version(answers)).not.toBe(version(answers.slice(1)));
  });
});

const GOOD = `
intent: x
holds_for: EVN
answers:
  - { id: fee, words: [phi], text: Phí là {hotline}., source: s, from: 2025-01-01, updated: 2026-01-01, review_by: 2027-01-01 }
  - { id: all, text: Câu trả lời., source: s, from: 2025-01-01, updated: 2026-01-01, review_by: 2027-01-01 }
`.replace('Phí là {hotline}.', '"Phí là {hotline}."');

describe('reading answers', () => {
  test('takes a sound file', () => {
    const { answers: read, mistakes } = readAnswers('x.yaml', GOOD);
    expect(mistakes).toEqual([]);
    expect(read.map(({ id }) => id)).toEqual(['x/fee', 'x/all']);
  });

  test.each([
    ['holds_for: EVN', 'holds_for: [', 'Mend the YAML'],
    [
      'source: s, from: 2025-01-01, updated: 2026-01-01, review_by: 2027-01-01 }\n  - { id: all',
      'from: 2025-01-01, updated: 2026-01-01, review_by: 2027-01-01 }\n  - { id: all',
      'answers.0.source',
    ],
    ['from: 2025-01-01', 'from: 2025-13-01', 'answers.0.from: is not a day YYYY-MM-DD'],
    ['{hotline}', '{price}', 'fee: nothing fills {price}'],
    ['[phi]', '[Phí]', 'fee: "Phí" is not folded. Write "phi".'],
    ['[phi]', '[]', '2 answers have neither words nor "to"'],
    ['id: all', 'id: fee', 'fee is there twice'],
    ['intent: x', 'intent: y', 'Name the file y.yaml'],
    ['review_by: 2027-01-01', 'review_by: 2025-12-31', 'Mend "review_by"'],
    ['from: 2025-01-01,', 'from: 2025-01-01, to: 2024-01-01,', 'it ends before it begins'],
    ['Câu trả lời.', 'từ '.repeat(121), 'its text has up to 121 words'],
  ])('names the mistake when %j becomes %j', (right, wrong, message) => {
    expect(GOOD).toContain(right);
    const { mistakes } = readAnswers('x.yaml', GOOD.replace(right, wrong));
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(message);
  });
});
