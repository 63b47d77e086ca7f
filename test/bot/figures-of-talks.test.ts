import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Contact } from '../../src/bot/figures/contact.ts';
import { outcomeOf } from '../../src/bot/figures/tally.ts';
import { openWholeBot, type WholeBot } from '../support/whole-bot.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-25T09:00:00+07:00');

let whole: WholeBot;
beforeEach(() => {
  whole = openWholeBot(START);
}, 60_000);
afterEach(() => whole.close());

/** Every contact of the day, by its channel and customer in the order in which they wrote. */
async function contacts(): Promise<readonly Contact[]> {
  await whole.storage.later?.follow();
  const found: Contact[] = [];
  await whole.storage.contacts.eachOf('2026-11-25', (contact) => found.push(contact));
  return found.sort((a, b) => a.startedAt - b.startedAt);
}

test('real talks come to the ends that somebody who reads them would give', async () => {
  const talks: readonly (readonly string[])[] = [
    ['chào em', 'cảm ơn em nhé'],
    ['giá điện sinh hoạt hiện nay bao nhiêu'],
    ['tra cứu hóa đơn tháng rồi'],
    ['cho tôi gặp nhân viên'],
    ['dây điện đứt trước nhà tôi đang xẹt lửa'],
    ['qwzx plmk brtd'],
  ];
  for (const [index, talk] of talks.entries()) {
    for (const words of talk) {
      await whole.say(`zalo:oa:khach${index}`, words);
    }
    whole.clock.advance(60_000);
  }
  await whole.settle();
  const all = await contacts();
  expect(all.map((contact) => [contact.topics.at(-1) ?? 'none', outcomeOf(contact, START + 30 * HOUR)])).toEqual([
    ['thanks_goodbye', 'no_request'],
    ['tariff_info', 'contained'],
    ['bill_lookup', 'left_open'],
    ['talk_to_human', 'handed_off'],
    // He never says where it is.
    ['safety_emergency', 'left_open'],
    ['none', 'left_open'],
  ]);
  expect(all[1] && outcomeOf(all[1], START + HOUR)).toBe('not_yet_known');
  expect(all[3]?.handoff?.reason).toBe('customer_asked');
  expect(all[4]?.emergency).toBeDefined();
  expect(all[5]?.missed).toBe(1);
  // Who asks for a human in the evening was not helped in the morning.
  whole.clock.advance(9 * HOUR);
  await whole.say('zalo:oa:khach1', 'cho tôi gặp nhân viên');
  const [, morning] = await contacts();
  expect(morning && outcomeOf(morning, START + 48 * HOUR)).toBe('returned');
}, 60_000);
