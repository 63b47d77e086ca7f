import { expect, test } from '@jest/globals';
import { namesStrangeAddress } from '../../src/dialogs/strange-address.ts';

test.each([
  'trang evnspc-thanhtoan.vip thì sao',
  'link https://evn.hoantien.com/nhan vậy có đúng không',
  'họ kêu vô www.evnspc.shop',
])('"%s" names a site that may be anybody\'s', (said) => {
  expect(namesStrangeAddress(said)).toBe(true);
});

test.each([
  'trang cskh.evnspc.vn vào không được',
  'evn.com.vn có đúng không',
  'gửi về ketoan@datmui.com nha',
  'gửi qua gmail.com',
  'tính giúp 1.414.562',
])('"%s" names none', (said) => {
  expect(namesStrangeAddress(said)).toBe(false);
});
