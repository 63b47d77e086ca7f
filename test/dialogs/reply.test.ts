import { describe, expect, test } from '@jest/globals';
import { toPlainText } from '../../src/dialogs/reply.ts';

const HOTLINE = { label: 'Gọi 1900 1006', href: 'tel:19001006' };

describe('A number to call, in plain text', () => {
  test('does not stand below words that have told to call it', () => {
    const text = 'Nếu gấp, anh/chị gọi 1900 1006 nhé.';
    expect(toPlainText({ kind: 'choices', text, choices: [], links: [HOTLINE] })).toBe(text);
    expect(toPlainText({ kind: 'card', title: 'Điện lực', text, rows: [], links: [HOTLINE] })).toBe(
      `Điện lực\n${text}`,
    );
  });

  test('stands below words that speak of something else, or only of another one', () => {
    const text = 'Gọi cứu hỏa 114.';
    expect(toPlainText({ kind: 'choices', text, choices: [], links: [HOTLINE] })).toBe(`${text}\nGọi 1900 1006`);
  });
});
