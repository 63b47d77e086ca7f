import { describe, expect, test } from '@jest/globals';
import { detectEmergency } from '../../src/nlu/detect-emergency.ts';

describe('the emergency lane on rules alone', () => {
  test.each([
    'dây điện đứt rơi xuống đường',
    'day dien dut truoc nha',
    'trụ điện xẹt lửa kìa',
    'tru dien nga ra duong',
    'có người bị điện giựt',
    'dien giat nguoi roi cuu voi',
    'công tơ bốc khói',
    'nước ngập tới ổ cắm rồi',
    'CHÁY TRẠM BIẾN ÁP',
    'tba no to',
    'có ng bị đ giật',
    'đh điện cháy khét',
    'dây đ đứt r ad ơi',
  ])('hears danger in "%s"', (utterance) => {
    expect(detectEmergency(utterance)).toBe(true);
  });

  test.each([
    'tháng này cháy túi vì tiền điện',
    'chay tui vi tien dien',
    'tiền điện tháng này bao nhiêu',
    'nhà tui mất điện rồi',
    'làm sao phòng tránh điện giật khi nhà ngập',
    'app chạy chậm quá',
    'trời nóng như lửa',
    'con no tien dien',
    'tức muốn bốc khói đầu với cái điện lực',
    'nóng chảy mỡ mà chưa có điện',
    '',
  ])('hears none in "%s"', (utterance) => {
    expect(detectEmergency(utterance)).toBe(false);
  });

  test('follows the classifier where the words are not enough', () => {
    expect(detectEmergency('nếu dây điện đứt trước nhà', 0.9)).toBe(true);
    expect(detectEmergency('cứu tôi với', 0.9)).toBe(true);
    expect(detectEmergency('dây điện đứt rồi', 0.001)).toBe(false);
  });
});
