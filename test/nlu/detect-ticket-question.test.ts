import { expect, test } from '@jest/globals';
import { detectTicketQuestion, ticketNumberIn } from '../../src/nlu/detect-ticket-question.ts';
import { fold } from '../../src/nlu/normalize.ts';

const QUESTIONS = [
  'hồ sơ của em tới đâu rồi',
  'yêu cầu của tui sao rồi',
  'hồ sơ xin điện mới của em tới đâu rồi',
  'đơn sang tên của tôi xử lý chưa',
  'em đăng ký gắn điện tuần trước chưa thấy ai gọi',
  'phiếu phản ánh của tôi giải quyết tới đâu',
  'xin điện mới mà chưa thấy ai liên hệ',
  'kiểm tra giúp em tình trạng hồ sơ',
  'cho anh coi phiếu hôm qua',
  'phiếu YC261129-AB2CD tới đâu rồi',
  'SC261129-VPY43',
  'SC261129-VPY43K7Q',
  'sc261129 vpy43',
];

const OTHERS = [
  'hồ sơ gắn điện mới cần giấy tờ gì',
  'nộp hồ sơ ở đâu',
  'yêu cầu gặp nhân viên',
  'khi nào có điện lại',
  'tôi muốn khiếu nại',
  'đơn giá điện bao nhiêu',
  'đăng ký gắn điện mất bao lâu',
  'sửa tới đâu rồi',
  'PB06010001234',
  'mã PB1202 0055443 mất điện từ 14h',
  'chưa thấy ai xuống sửa điện',
  'xem hóa đơn tháng 10',
  'kiểm tra giúp hóa đơn PB06010001234 đã trả tiền chưa',
  'PA03000123456',
  'PA0300 0223456',
  'xem tiền điện mã PD01000123456',
];

test.each(QUESTIONS)('hears "%s", with marks and without', (text) => {
  expect([detectTicketQuestion(text), detectTicketQuestion(fold(text))]).toEqual([true, true]);
});

test.each(OTHERS)('does not take "%s" for it', (text) => {
  expect([detectTicketQuestion(text), detectTicketQuestion(fold(text))]).toEqual([false, false]);
});

test.each([
  ['phiếu của em là sc261129-vpy43 nha', 'SC261129-VPY43'],
  ['YC261129 AB2CD', 'YC261129-AB2CD'],
  ['YC261129AB2CD', 'YC261129-AB2CD'],
  ['PB06010001234', undefined],
  ['PA03002323456', undefined],
  ['0909123456', undefined],
])('the number in "%s" is %s', (text, number) => {
  expect(ticketNumberIn(text)).toBe(number);
});
