import { describe, expect, test } from '@jest/globals';
import { renderTelegram } from '../../src/integrations/channels/telegram/render.ts';

describe('a reply on Telegram', () => {
  test('shows choices one in a row, by a reference that fits into 64 bytes', () => {
    const value = `bill-lookup/more/${'x'.repeat(80)}`;
    const { parts, meanings } = renderTelegram(
      { kind: 'choices', text: 'Chọn nhé', choices: [{ label: 'Có', value }] },
      7,
    );
    const rows = parts[0]?.reply_markup?.inline_keyboard ?? [];
    expect(rows).toEqual([[{ text: 'Có', callback_data: 'c:7:1' }]]);
    expect(meanings.get('c:7:1')).toEqual({ value, label: 'Có' });
    for (const data of meanings.keys()) {
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    }
  });

  test('escapes what HTML would read', () => {
    const [part] = renderTelegram({ kind: 'text', text: 'kWh < 50 & giá > 0' }, 1).parts;
    expect(part?.text).toBe('kWh &lt; 50 &amp; giá &gt; 0');
  });

  test('writes numbers to call into the text and opens web pages from buttons', () => {
    const links = [
      { label: 'Gọi tổng đài', href: 'tel:19001006' },
      { label: 'Trang chủ', href: 'https://cskh.evnspc.vn' },
    ];
    const [part] = renderTelegram({ kind: 'choices', text: 'Gấp thì gọi', choices: [], links }, 1).parts;
    expect(part?.text).toBe('Gấp thì gọi\nGọi tổng đài: 19001006');
    expect(part?.reply_markup?.inline_keyboard).toEqual([[{ text: 'Trang chủ', url: 'https://cskh.evnspc.vn' }]]);
  });

  test('splits what is too long and puts the buttons under the last part', () => {
    const text = 'Một câu dài vừa phải. '.repeat(400).trim();
    const { parts } = renderTelegram({ kind: 'choices', text, choices: [{ label: 'Có', value: 'v' }] }, 1);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every((part) => (part.text?.length ?? 0) <= 4_096)).toBe(true);
    expect(parts.map((part) => part.reply_markup !== undefined)).toEqual([...parts.slice(1).map(() => false), true]);
  });

  test('sends a picture with its caption and description', () => {
    const [part] = renderTelegram({ kind: 'image', url: 'https://a/b.png', alt: 'Biểu đồ', text: '13 tháng' }, 1).parts;
    expect(part).toEqual({ photo: 'https://a/b.png', caption: '13 tháng\nBiểu đồ', parse_mode: 'HTML' });
  });
});
