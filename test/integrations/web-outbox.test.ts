import { expect, test } from '@jest/globals';
import type { Outcome, Outgoing } from '../../src/integrations/channels/web/widget/direct-line-api.ts';
import { createMessageIds } from '../../src/integrations/channels/web/widget/message-ids.ts';
import { createOutbox, type KeyValueStore, type Outbox } from '../../src/integrations/channels/web/widget/outbox.ts';

const OK: Outcome<string> = { ok: true, value: 'id' };
const LATER: Outcome<string> = { ok: false, why: 'later' };
const REFUSED: Outcome<string> = { ok: false, why: 'refused', note: 'Tin nhắn quá dài.' };

function createStorage(): KeyValueStore {
  const map = new Map<string, string>();
  return {
    get length() {
      return map.size;
    },
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  };
}

interface Tab {
  readonly outbox: Outbox;
  readonly posted: Outgoing[];
  /** Resolves when nothing waits any more, or after a while. */
  idle(): Promise<void>;
}

/** An outbox whose server answers as told: the n-th call gets the n-th outcome, later ones succeed. */
function openTab(
  options: { outcomes?: Outcome<string>[]; storage?: KeyValueStore; now?: () => number; onPost?: () => void } = {},
): Tab {
  const posted: Outgoing[] = [];
  const outcomes = [...(options.outcomes ?? [])];
  const outbox = createOutbox({
    storage: options.storage ?? createStorage(),
    now: options.now ?? (() => 1_800_000_000_000),
    newId: createMessageIds(options.now ?? (() => 1_800_000_000_000), () => posted.length / 1000 + 0.1),
    backoff: () => 1,
    onChange: () => undefined,
    async post(outgoing) {
      posted.push(outgoing);
      options.onPost?.();
      await Promise.resolve();
      return outcomes.shift() ?? OK;
    },
  });
  return {
    outbox,
    posted,
    async idle() {
      for (let looks = 0; looks < 500 && outbox.items().some(({ state }) => state === 'waiting'); looks += 1) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    },
  };
}

const texts = (messages: readonly { text: string }[]) => messages.map(({ text }) => text);
const states = ({ outbox }: Tab) => outbox.items().map(({ text, state }) => [text, state]);

test('sends messages one after the other in the order of writing, also within one millisecond', async () => {
  const tab = openTab();
  for (const text of ['một', 'hai', 'ba']) {
    tab.outbox.add(text);
  }
  await tab.idle();
  expect(texts(tab.posted)).toEqual(['một', 'hai', 'ba']);
});

test('sends a message that is written just when another round of sending ends', async () => {
  const tab = openTab();
  tab.outbox.flush();
  tab.outbox.add('một');
  await tab.idle();
  expect(texts(tab.posted)).toEqual(['một']);
});

test('sends a message again under the same id until it is acknowledged, and no later one before it', async () => {
  const tab = openTab({ outcomes: [LATER, LATER, OK] });
  tab.outbox.add('một');
  tab.outbox.add('hai');
  await tab.idle();
  expect(texts(tab.posted)).toEqual(['một', 'một', 'một', 'hai']);
  expect(new Set(tab.posted.map(({ id }) => id)).size).toBe(2);
});

test('says that it is stuck only while attempts go on failing', async () => {
  const stuck: boolean[] = [];
  const tab: Tab = openTab({ outcomes: [LATER, LATER, LATER], onPost: () => stuck.push(tab.outbox.isStuck()) });
  tab.outbox.add('một');
  await tab.idle();
  expect(stuck).toEqual([false, false, true, true]);
  expect(tab.outbox.isStuck()).toBe(false);
});

test('goes on after a refused message, which the visitor may send again or drop', async () => {
  const tab = openTab({ outcomes: [REFUSED, OK, OK] });
  tab.outbox.add('một');
  tab.outbox.add('hai');
  await tab.idle();
  expect(states(tab)).toEqual([
    ['một', 'refused'],
    ['hai', 'sent'],
  ]);
  const [refused] = tab.outbox.items();
  expect(refused?.note).toBe('Tin nhắn quá dài.');
  tab.outbox.retry(refused?.id ?? '');
  await tab.idle();
  expect(texts(tab.posted)).toEqual(['một', 'hai', 'một']);
  tab.outbox.discard(refused?.id ?? '');
  expect(states(tab)).toEqual([['hai', 'sent']]);
});

test('keeps a message until the conversation shows it, and does not send it again', async () => {
  const tab = openTab();
  tab.outbox.add('Có', { choice: 'yes' });
  await tab.idle();
  tab.outbox.flush();
  await tab.idle();
  expect(tab.posted).toMatchObject([{ text: 'Có', choice: 'yes' }]);
  expect(states(tab)).toEqual([['Có', 'sent']]);
  tab.outbox.confirm(tab.posted.map(({ id }) => id));
  expect(tab.outbox.items()).toEqual([]);
});

test('does not bring back a message whose echo came before the answer', async () => {
  const tab: Tab = openTab({ onPost: () => tab.outbox.confirm(tab.posted.map(({ id }) => id)) });
  tab.outbox.add('một');
  await tab.idle();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(tab.outbox.items()).toEqual([]);
});

test('hands what a closed tab could not send to the next one', async () => {
  const storage = createStorage();
  const closed = openTab({ storage, outcomes: Array.from({ length: 50 }, () => LATER) });
  closed.outbox.add('một');
  const next = openTab({ storage, now: () => 1_800_000_000_001 });
  next.outbox.add('hai');
  await next.idle();
  expect(texts(next.posted)).toEqual(['một', 'hai']);
});

test('forgets after a day what was sent and never shown, but nothing that was not sent', () => {
  const storage = createStorage();
  let now = 1_800_000_000_000;
  const item = { id: '1', text: 'một', at: now, state: 'sent' };
  storage.setItem('lang-nghe:out:1', JSON.stringify(item));
  storage.setItem('lang-nghe:out:2', JSON.stringify({ ...item, id: '2', text: 'hai', state: 'refused' }));
  storage.setItem('lang-nghe:out:3', 'not JSON');
  const tab = openTab({ storage, now: () => now });
  tab.outbox.flush();
  expect(states(tab).length).toBe(2);
  now += 25 * 3600_000;
  tab.outbox.flush();
  expect(states(tab)).toEqual([['hai', 'refused']]);
});
