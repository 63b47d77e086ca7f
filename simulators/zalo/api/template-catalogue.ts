import type { Template } from '../world.ts';

const parameter = (name: string, maxLength = 100, isNumber = false) => ({
  name,
  isRequired: true,
  maxLength,
  isNumber,
});

/** Templates that a fresh simulator knows: enough to try every answer of the channel. */
export const SAMPLE_TEMPLATES: readonly Template[] = [
  {
    id: '7895417',
    name: 'Thông báo tiền điện',
    status: 'ENABLE',
    tag: 1,
    text: 'Kính gửi <customer>, tiền điện kỳ này của quý khách là <amount> đồng.',
    parameters: [parameter('customer', 30), parameter('amount', 20, true)],
    canGoByUserId: true,
  },
  {
    id: '7895418',
    name: 'Tiến độ xử lý yêu cầu',
    status: 'ENABLE',
    tag: 2,
    text: 'Yêu cầu <ticket> của quý khách đã chuyển sang trạng thái: <state>.',
    parameters: [parameter('ticket', 30), parameter('state', 60)],
    canGoByUserId: true,
  },
  {
    id: '7895419',
    name: 'Lịch ngừng cung cấp điện',
    status: 'ENABLE',
    tag: 1,
    text: 'Khu vực <area> ngừng cung cấp điện từ <from> đến <to>.',
    parameters: [parameter('area', 100), parameter('from', 30), parameter('to', 30)],
    canGoByUserId: false,
  },
  {
    id: '7895420',
    name: 'Mẫu đang chờ duyệt',
    status: 'PENDING_REVIEW',
    tag: 2,
    text: 'Xin chào <customer>.',
    parameters: [parameter('customer', 30)],
    canGoByUserId: true,
  },
];
