import { beforeEach, describe, expect, test } from '@jest/globals';
import { createHearing, type Hearing } from '../../src/bot/hear-once.ts';
import { understandingOf } from '../support/understanding-of.ts';

const DANGER = 'dây điện đứt';
let now = 0;
let heard: string[] = [];
let hearing: Hearing;

beforeEach(() => {
  now = 1_000;
  heard = [];
  hearing = createHearing(
    (text, { expects = [] }) => {
      heard.push([text, ...expects].join(' '));
      return understandingOf(text, { emergency: text === DANGER });
    },
    () => now,
  );
});

describe('a message that arrives and then gets its turn', () => {
  test('is understood once', () => {
    expect(hearing.isUrgent(DANGER)).toBe(true);
    expect(hearing.understand(DANGER, { now }).emergency).toBe(true);
    expect(heard).toEqual([DANGER]);
  });

  test('is understood again when the open question helps to read it', () => {
    expect(hearing.isUrgent('0912345678')).toBe(false);
    hearing.understand('0912345678', { now, expects: ['phone'] });
    expect(heard).toEqual(['0912345678', '0912345678 phone']);
  });

  test('is understood again when it is said again, or its turn comes late', () => {
    hearing.isUrgent('mai');
    hearing.understand('mai', { now });
    hearing.understand('mai', { now });
    hearing.isUrgent('mai');
    now += 10_000;
    hearing.understand('mai', { now });
    expect(heard).toHaveLength(4);
  });

  test('is not kept for ever', () => {
    hearing.isUrgent('đầu tiên');
    for (let count = 0; count < 300; count += 1) {
      hearing.isUrgent(`tin ${count}`);
    }
    hearing.understand('đầu tiên', { now });
    expect(heard.at(-1)).toBe('đầu tiên');
    hearing.understand('tin 299', { now });
    expect(heard).toHaveLength(302);
  });
});
