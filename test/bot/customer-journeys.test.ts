import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Ticket } from '../../src/bot/records.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import { toDeskTicket } from '../../src/integrations/agent-desk/desk-ticket.ts';
import { createRecordsWriter } from '../../src/integrations/storage/sqlite/records-writer.ts';
import { aCustomer } from '../support/action-bench.ts';
import { openWholeBot, type WholeBot } from '../support/whole-bot.ts';

const NOW = Date.parse('2026-11-26T09:00:00+07:00');
const ID = 'web:main:khach';

let whole: WholeBot;
beforeEach(() => {
  whole = openWholeBot(NOW);
}, 60_000);
afterEach(() => whole.close());

/** Says these one after the other; tells what the bot said to the last of them. */
async function says(...lines: readonly string[]): Promise<string> {
  let heard = '';
  for (const line of lines) {
    const messages = await whole.say(ID, line);
    heard = messages.map(({ reply }) => (reply === undefined ? '' : toPlainText(reply))).join('\n');
  }
  return heard;
}

async function onlyTicket(): Promise<Ticket> {
  await whole.settle();
  const [ticket, ...others] = await whole.storage.tickets.tickets({ conversationId: ID, limit: 5 });
  expect(others).toEqual([]);
  if (ticket === undefined) {
    throw new Error('No ticket was opened.');
  }
  return ticket;
}

describe('the house that a customer writes stands on the ticket that the agent reads', () => {
  test.each([
    [
      'an outage',
      [
        'nhà em cúp điện',
        'không có',
        'ấp 3, xã Bến Lức, Tây Ninh, gần trạm y tế',
        'cả xóm',
        'vừa mất',
        'không có',
        '0901234567',
      ],
    ],
    [
      'an outage told at once',
      ['ấp 3 xã Bến Lức Tây Ninh cúp điện rồi', 'không có', 'cả xóm', 'vừa mất', 'không có', '0901234567'],
    ],
    [
      'without marks',
      ['nha em cup dien', 'khong co', 'ap 3, xa Ben Luc, Tay Ninh', 'ca xom', 'vua mat', 'khong co', '0901234567'],
    ],
    [
      'weak voltage',
      [
        'điện nhà em yếu quá',
        'không có',
        'cả xóm',
        'ấp 3 xã Bến Lức, Tây Ninh',
        'từ hôm qua',
        'không có',
        '0901234567',
      ],
    ],
    ['a danger', ['dây điện đứt trước nhà tôi', 'ấp 3 xã Bến Lức, Tây Ninh', 'không có ai']],
    [
      'a place put right',
      [
        'nhà em cúp điện',
        'không có',
        'ấp 5 xã Bến Lức Tây Ninh',
        'à nhầm, ấp 3 xã Bến Lức Tây Ninh',
        'cả xóm',
        'vừa mất',
        'không có',
        '0901234567',
      ],
    ],
  ])('%s', async (_, lines) => {
    await says(...lines);
    const { place, summary } = toDeskTicket(await onlyTicket());
    expect([place, summary]).toEqual([expect.stringMatching(/[aấ]p 3/i), expect.stringMatching(/[aấ]p 3/i)]);
  });
});

describe('a contract without a phone', () => {
  const CODE = 'PB06010001267';

  test('gets no code, is told what to do, and comes to a ticket with the number that the customer gives', async () => {
    const { phone: _, ...withoutPhone } = aCustomer({ code: CODE });
    await whole.storage.db.write('test_records', () => createRecordsWriter(whole.storage.db).customers(withoutPhone));
    expect(await says('xem tiền điện', CODE)).toContain('đến số điện thoại đã đăng ký với hợp đồng (nếu có)');
    expect(await says('không nhận được mã')).toContain('hợp đồng chưa có số nào');
    expect(whole.sms).toEqual([]);
    expect(await says('cập nhật số điện thoại', 'lập phiếu yêu cầu', '0912345678')).toMatch(/phiếu YC\d{6}-/);
    expect(await onlyTicket()).toMatchObject({ customerCode: CODE, phone: '0912345678', kind: 'service' });
    expect(JSON.stringify(whole.sentTo(ID))).not.toContain('636.768');
  });
});

describe('a meter that burns', () => {
  test.each([
    'công tơ bị cháy',
    'đồng hồ điện cháy, không ai bị gì',
    'điện kế nhà tui bị cháy rồi em',
    'chay cong to, khong ai bi gi',
    'cong to bi chay, mat dien nguyen nha',
  ])('is danger: %s', async (text) => {
    expect(await says(text)).toMatch(/KHÔNG (mở|chạm)/);
  });

  test.each([
    'dong ho dien bi chay nhanh',
    'cong to chay ma khong ai xai',
    'không có ai ở nhà mà công tơ vẫn chạy',
    'công tơ cũ bị cháy hồi năm ngoái, thay cái mới rồi mà số cũ vẫn còn',
  ])('is not one that runs, or has burnt long ago: %s', async (text) => {
    expect(await says(text)).not.toMatch(/KHÔNG (mở|chạm)/);
  });
});
