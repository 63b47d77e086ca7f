import { describe, expect, test } from '@jest/globals';
import { rememberLast } from '../../src/nlu/remember.ts';

describe('the last answer kept', () => {
  test('is given again to the same question, also when it is nothing, and made anew after another one', () => {
    const asked: string[] = [];
    const answer = rememberLast((text: string) => {
      asked.push(text);
      return text === '' ? undefined : text.length;
    });
    const answers = ['', '', 'hai', 'hai', 'một', 'hai'].map(answer);
    expect(answers).toEqual([undefined, undefined, 3, 3, 3, 3]);
    expect(asked).toEqual(['', 'hai', 'một', 'hai']);
  });
});
