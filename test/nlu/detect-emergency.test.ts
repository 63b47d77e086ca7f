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
    'o cam tet lua',
    'không có khói nhưng dây đứt nằm ngoài đường',
    'không có điện, dây đứt rồi',
    'khong co dien day dut ngoai duong',
    'sao không thấy ai xuống, dây đứt nằm giữa đường',
    'dây không đứt mà trụ đổ rồi',
    'ổ cắm không cháy nhưng khét lẹt',
    'chưa cháy nhưng ổ điện bốc khói',
    'có ai trực ở đó không, cháy ổ cắm rồi',
    'có ai trực không cháy công tơ rồi',
    'có điện không cháy trạm biến áp rồi',
    'không biết từ đâu có mùi khét trong tủ điện',
    'chưa thấy trụ đổ nhưng trụ nghiêng lắm rồi',
    'không khói, cháy ổ cắm rồi',
    'there is a fire at the power pole!! help',
    'electric shock, a man fell from the pole',
    'a power line is down on my street',
    'smoke is coming out of the meter box',
    'my son was electrocuted',
  ])('hears danger in "%s"', (utterance) => {
    expect(detectEmergency(utterance)).toBe(true);
  });

  test.each([
    'tháng này cháy túi vì tiền điện',
    'chay tui vi tien dien',
    'tiền điện tháng này bao nhiêu',
    'nhà tui mất điện rồi',
    'làm sao phòng tránh điện giật khi nhà ngập',
    'day tre con tranh dien giat the nao',
    'app chạy chậm quá',
    'trời nóng như lửa',
    'con no tien dien',
    'tức muốn bốc khói đầu với cái điện lực',
    'nóng chảy mỡ mà chưa có điện',
    'khong co day dut gi het',
    'cúp điện thôi, không thấy khói hay tia lửa chi hết',
    'không ai bị điện giật hết',
    'ko có cháy nổ j hết ad',
    'dây điện không bị đứt mà sao mất điện',
    'trụ không ngã, dây không đứt',
    'không có tia lửa gì đâu',
    'không thấy khói, tia lửa, cháy nổ gì hết',
    'nhà tui không bị điện giật gì hết, chỉ mất điện thôi',
    'đâu có dây nào đứt đâu, mất điện thôi',
    'my power is out',
    'how to avoid electric shock',
    'free fire lag quá, điện yếu hay sao',
    'em chơi game pole position trên line',
    '',
  ])('hears none in "%s"', (utterance) => {
    expect(detectEmergency(utterance)).toBe(false);
  });

  test('follows the classifier where the words are not enough', () => {
    expect(detectEmergency('nếu dây điện đứt trước nhà', 0.9)).toBe(true);
    expect(detectEmergency('cứu tôi với', 0.9)).toBe(true);
    // It has learned no English.
    expect(detectEmergency('the wire is broken and on fire', 0.001)).toBe(true);
    expect(detectEmergency('dây điện đứt rồi', 0.001)).toBe(false);
    expect(detectEmergency('không có dây đứt gì hết', 0.8)).toBe(false);
    expect(detectEmergency('không có dây đứt gì hết', 0.99)).toBe(true);
  });
});
