import { expect, test } from '@jest/globals';
import { detectDataRequest } from '../../src/nlu/detect-data-request.ts';
import { fold } from '../../src/nlu/normalize.ts';

const REQUESTS = [
  'xóa dữ liệu của tôi',
  'Tôi muốn xoá hết dữ liệu cá nhân',
  'xóa giùm em lịch sử trò chuyện',
  'xóa toàn bộ thông tin của tui đi',
  'cho tôi xem dữ liệu',
  'cho tôi xem dữ liệu cá nhân của mình',
  'bên điện lực đang lưu những thông tin gì về tôi',
  'tôi muốn trích xuất dữ liệu của tôi',
  'tôi rút lại sự đồng ý',
];

const OTHERS = [
  'xem hóa đơn của tôi',
  'xem dữ liệu điện tháng 10',
  'thay đổi thông tin cá nhân trên hợp đồng',
  'họ xin thông tin cá nhân của tôi, có phải lừa đảo không',
  'cho tôi xem thông tin hóa đơn',
  'app bị xóa dữ liệu rồi',
  'đừng xóa tin nhắn',
  'xóa nợ cho tôi',
  'tôi bị lộ thông tin cá nhân',
  'cho em xem lịch cúp điện',
  'bot có lưu thông tin cá nhân của tôi không',
];

test.each(REQUESTS)('hears "%s", with marks and without', (text) => {
  expect([detectDataRequest(text), detectDataRequest(fold(text))]).toEqual([true, true]);
});

test.each(OTHERS)('does not take "%s" for it', (text) => {
  expect([detectDataRequest(text), detectDataRequest(fold(text))]).toEqual([false, false]);
});
