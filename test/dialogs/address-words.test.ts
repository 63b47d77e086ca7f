import { describe, expect, test } from '@jest/globals';
import { addressWords } from '../../src/dialogs/address-words.ts';

/** The place that was found stands between brackets. */
function wordsOf(marked: string): string | undefined {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  return addressWords(marked.replace(/[[\]]/g, ''), { start, end });
}

describe('the address around a place', () => {
  test.each([
    ['nhà em ở ấp 3 [xã Bến Lức] mất điện rồi', 'ấp 3 xã Bến Lức'],
    ['mat dien ap 3 [xa ben luc]', 'ap 3 xa ben luc'],
    ['số 12/4 đường Lê Lợi, khu phố 2, [phường Long An], Tây Ninh', 'số 12/4 đường Lê Lợi, khu phố 2, phường Long An'],
    ['hẻm 45 đường Nguyễn Huệ [P. Cao Lãnh] cúp điện từ sáng', 'hẻm 45 đường Nguyễn Huệ P. Cao Lãnh'],
    ['cúp điện ở [xã Bến Lức], gần trạm y tế rồi em ơi', 'xã Bến Lức, gần trạm y tế rồi em ơi'],
    ['[bến lức] ấp 3 bị cúp điện', 'bến lức ấp 3'],
    ['tổ 5 ấp Bình Tả [xã Đức Hòa] không có điện', 'tổ 5 ấp Bình Tả xã Đức Hòa'],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toBe(words);
  });

  test.each([
    'mất điện ở [xã Bến Lức]',
    'đường dây bị đứt ở [xã Bến Lức]',
    'dien ap yeu o [ben luc]',
    'số điện thoại 0912345678, [Cần Thơ]',
    'ấp 3 mất điện rồi, nhà ở [xã Bến Lức]',
    '[Cần Thơ] từ 7 giờ tối',
  ])('has nothing around it: %s', (text) => {
    expect(wordsOf(text)).toBeUndefined();
  });
});
