import { expect, test } from '@jest/globals';
import { countOvertaken } from '../../scripts/soak/count-overtaken.ts';

const MINUTE_MS = 60_000;
const at = (minutes: number) => minutes * MINUTE_MS;

test('whoever is answered in a later minute than somebody who wrote a minute after him is overtaken', () => {
  const early = { writtenAt: at(0.5), answeredAt: at(4) };
  expect(countOvertaken([early, { writtenAt: at(1.5), answeredAt: at(3.9) }])).toBe(1);
  expect(countOvertaken([{ writtenAt: at(2.5), answeredAt: at(3) }, early, { ...early, writtenAt: at(0.2) }])).toBe(2);
});

test('nobody is overtaken in the order of writing, or within a minute of answers', () => {
  expect(
    countOvertaken([
      { writtenAt: at(0.5), answeredAt: at(3.9) },
      { writtenAt: at(1.6), answeredAt: at(3.1) },
      { writtenAt: at(2.7), answeredAt: at(4.2) },
    ]),
  ).toBe(0);
});

test('between two who wrote at one time no order is judged, also where a minute ends between them', () => {
  expect(
    countOvertaken([
      { writtenAt: at(1) - 5, answeredAt: at(4) },
      { writtenAt: at(1) + 5, answeredAt: at(3) },
    ]),
  ).toBe(0);
});
