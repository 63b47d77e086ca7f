import { describe, expect, test } from '@jest/globals';
import { speaksEnglish } from '../../src/nlu/detect-english.ts';

describe('a message in English', () => {
  test.each([
    'my power is out',
    'how much is my bill',
    'When will the power be back in Can Duoc?',
    'Hello, I live at 12 Hung Vuong street and there is no electricity',
    'do you speak English?',
    'Please help me pay my electric bill',
  ])('is told: %s', (utterance) => {
    expect(speaksEnglish(utterance)).toBe(true);
  });

  test.each([
    'cho em hoi tien dien thang nay',
    'check bill giùm em với',
    'can tho mai cup dien khong',
    'help em voi ad oi',
    'ok thanks',
    'hello',
    'app cua dien luc la gi, xem bill o dau',
    'my tho cup dien',
    'online payment duoc khong em',
    'a bill nha em sao cao the, do meter sai a',
    'nhà em có power bank không sạc được',
    '',
  ])('is not seen in %j', (utterance) => {
    expect(speaksEnglish(utterance)).toBe(false);
  });
});
