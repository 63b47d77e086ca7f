import { expect, test } from '@jest/globals';
import { hidePersonal } from '../../src/nlu/hide-personal.ts';

test.each([
  ['mã PB06010001234 nha em', 'mã PB00000000000 nha em'],
  ['mã pê bê không sáu không một ba số không một hai ba tư nha', 'mã PB00000000000 nha'],
  ['gọi em số 0912.345.678 hoặc +84 912 345 678', 'gọi em số 0900000000 hoặc 0900000000'],
  ['mã otp 482913', 'mã otp 000000'],
  ['hợp đồng đứng tên Trần Bích Thuỷ ở Bến Lức', 'hợp đồng đứng tên Nguyễn Văn A ở Bến Lức'],
  ['gửi vô thuy.tran+dien@mail.example.vn giùm', 'gửi vô ten@example.com giùm'],
  ['căn cước 079085001234, tài khoản 0071 000 123 456', 'căn cước 000000000000, tài khoản 0000 000 000 000'],
  ['nhà số 12/3 hẻm 45 đường Nguyễn Huệ', 'nhà số 0 hẻm 0 đường Nguyễn Huệ'],
])('hides what is personal in "%s"', (written, hidden) => {
  expect(hidePersonal(written)).toBe(hidden);
});

test.each(['tháng 10 sao 636.768 đ dữ vậy', 'chỉ số 012345', 'ấp 3 Bến Lức mất điện từ 7 giờ', 'gọi 1900 9000 hoài'])(
  'leaves alone what is not: "%s"',
  (written) => {
    expect(hidePersonal(written)).toBe(written);
  },
);
