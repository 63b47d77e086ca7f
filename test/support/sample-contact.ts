import type { Contact } from '../../src/bot/figures/contact.ts';

let counter = 0;

/** A contact that the bot has answered; each has a key of its own. */
export function sampleContact(change: Partial<Contact> & Pick<Contact, 'startedAt'>): Contact {
  counter += 1;
  const { startedAt } = change;
  return {
    ...{ key: `key-${counter}`, number: 1, version: 1, channel: 'zalo', lastAt: startedAt, activeAt: startedAt },
    ...{ holder: 'bot', topics: ['bill_lookup'], messages: 1, missed: 0, askedBack: 0, isAnswered: true },
    ...{ codesSent: 0, isVerified: false, tickets: {} },
    ...change,
  };
}
