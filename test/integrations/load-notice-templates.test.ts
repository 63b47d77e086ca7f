import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadNoticeTemplates } from '../../src/integrations/notices/load-notice-templates.ts';

const FILE = `
verified_on: '2026-11-22'
quiet_hours: { from: '22:00', to: '06:00', source: test }
templates:
  - name: bill
    tag: transaction
    text: 'Kính gửi <customer>, tiền điện là <amount> đồng. Hỏi <customer>.'
    parameters:
      - { name: customer, longest: 8 }
      - { name: amount, longest: 5, isNumber: true }
    source: test
`;

function load(text = FILE) {
  const path = join(mkdtempSync(join(tmpdir(), 'notices-')), 'templates.yaml');
  writeFileSync(path, text);
  return loadNoticeTemplates(path);
}

const use = (values: Record<string, string>, name = 'bill') => ({ name, values });

describe('a notice', () => {
  test('has its values in its blanks, in NFC, blanks in one', () => {
    expect(load().fill(use({ customer: ' Hoà  Bình'.normalize('NFD'), amount: '1200' }))).toEqual({
      text: 'Kính gửi Hoà Bình, tiền điện là 1200 đồng. Hỏi Hoà Bình.',
      values: { customer: 'Hoà Bình', amount: '1200' },
    });
  });

  test('cuts a text that is too long, and says so', () => {
    expect(load().fill(use({ customer: 'Công ty Một', amount: '1' }))).toMatchObject({
      values: { customer: 'Công ty…' },
    });
  });

  test.each([
    [use({ customer: 'Hoa', amount: '1' }, 'nothing'), 'unknown'],
    [use({ customer: 'Hoa' }), 'missing_value'],
    [use({ customer: ' ', amount: '1' }), 'missing_value'],
    [use({ customer: 'Hoa', amount: '1.200' }), 'not_a_number'],
    [use({ customer: 'Hoa', amount: '123456' }), 'too_long'],
    [use({ customer: 'Hoa', amount: '1', due: '5/12' }), 'unknown_value'],
  ])('with %j does not fit: %s', (wrong, fault) => {
    expect(load().fill(wrong)).toEqual({ fault });
    expect(() => load().reply(wrong)).toThrow(fault);
  });

  test('says the words of a value that has some', () => {
    const ticket = loadNoticeTemplates().reply({
      name: 'ticket_state',
      values: { ticket: 'SC1', state: 'in_progress' },
    });
    expect(ticket.text).toBe('Yêu cầu SC1 của quý khách đã chuyển sang trạng thái: Đang xử lý.');
    expect(loadNoticeTemplates().fill(ticket.template ?? use({}))).toMatchObject({ text: ticket.text });
  });

  test('is a text for all channels, and a template for those that want one', () => {
    expect(load().reply(use({ customer: 'Hoa', amount: '1' }))).toEqual({
      kind: 'text',
      text: 'Kính gửi Hoa, tiền điện là 1 đồng. Hỏi Hoa.',
      template: { name: 'bill', values: { customer: 'Hoa', amount: '1' } },
    });
  });
});

describe('quiet hours', () => {
  const at = (hour: string, day = '2026-11-22') => Date.parse(`${day}T${hour}:00+07:00`);

  test('end on the morning after them', () => {
    const { quietUntil } = load();
    expect(quietUntil(at('21:59'))).toBeUndefined();
    expect(quietUntil(at('22:00'))).toBe(at('06:00', '2026-11-23'));
    expect(quietUntil(at('05:59'))).toBe(at('06:00'));
    expect(quietUntil(at('06:00'))).toBeUndefined();
  });

  test('may also lie within a day', () => {
    const { quietUntil } = load(FILE.replace("from: '22:00', to: '06:00'", "from: '12:00', to: '13:30'"));
    expect(quietUntil(at('11:59'))).toBeUndefined();
    expect(quietUntil(at('13:00'))).toBe(at('13:30'));
  });
});

describe('the file', () => {
  test('of the product can be read', () => {
    expect(loadNoticeTemplates().names).toContain('ticket_state');
  });

  test.each([
    ['<amount> đồng', '<sum> đồng', 'names other blanks'],
    ["from: '22:00'", "from: '25:00'", 'is not an hour'],
    ['tag: transaction', 'tag: news', 'templates.0.tag'],
  ])('with a mistake (%s → %s) is refused with what to mend', (right, wrong, words) => {
    expect(() => load(FILE.replace(right, wrong))).toThrow(words);
  });
});
