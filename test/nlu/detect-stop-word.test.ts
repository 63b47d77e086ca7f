import { expect, test } from '@jest/globals';
import { detectStopWord } from '../../src/nlu/detect-stop-word.ts';
import { fold } from '../../src/nlu/normalize.ts';

test.each(['STOP', 'stop', ' Stop. ', 'STOP TIN', 'unsubscribe'])('"%s" is a bare stop word', (text) => {
  expect(detectStopWord(text)).toBe('bare');
});

test.each(['HUY', 'hủy', 'Huỷ!', 'TC', 'từ chối', 'Tu choi'])('"%s" may break off something else', (text) => {
  expect(detectStopWord(text)).toBe('ambiguous');
});

const PLAIN = [
  'ngừng nhận tin',
  'em ơi dừng gửi tin cho chị',
  'không nhận tin nữa',
  'hủy đăng ký nhận tin',
  'tôi không muốn nhận tin nhắn này',
  'đừng nhắn tin nữa',
  'đừng gửi tin nữa',
  'từ chối nhận thông báo',
];
test.each(PLAIN)('"%s" says so in as many words, with marks and without', (text) => {
  expect([detectStopWord(text), detectStopWord(fold(text))]).toEqual(['plain', 'plain']);
});

test.each([
  'hủy hợp đồng',
  'hủy phiếu báo mất điện giúp em',
  'hủy lịch hẹn',
  'thôi không báo nữa',
  'dừng lại',
  'tôi không nhận được tin nhắn',
  'ngừng nhận tin thì sao',
  'không nhận tin được hay chưa gửi',
  'stop điện luôn hả',
  'chưa nhận tin báo tiền điện',
])('"%s" is no stop word', (text) => {
  expect(detectStopWord(text)).toBeUndefined();
});
