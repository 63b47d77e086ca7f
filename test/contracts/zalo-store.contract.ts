import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SendPart, ZaloStore } from '../../src/integrations/channels/zalo/store.ts';
import { freshConversation, sampleEvent } from '../support/sample-turn.ts';
import { buttonStoreTests } from './button-store.contract.ts';

const BEGUN_AT = 1_000;

/** What every `ZaloStore` promises. */
export function zaloStoreContract(
  name: string,
  open: () => Promise<{ readonly store: ZaloStore; close(): Promise<void> }>,
): void {
  describe(`${name} as a Zalo store`, () => {
    const fixture = {} as Awaited<ReturnType<typeof open>>;

    beforeAll(async () => void Object.assign(fixture, await open()));
    afterAll(() => fixture.close());

    buttonStoreTests(() => fixture.store);
    tokenTests(() => fixture.store);
    sendTests(() => fixture.store);
    waitingTests(() => fixture.store);

    test('gives the verifier of a consent once, and not when it is too old', async () => {
      const { consents } = fixture.store;
      await consents.begin('s1', 'v1', 1_000);
      await consents.begin('s2', 'v2', 1_000);
      expect(await consents.take('s1', 1_000)).toBe('v1');
      expect(await consents.take('s1', 1_000)).toBeUndefined();
      expect(await consents.take('s2', 1_001)).toBeUndefined();
      expect(await consents.take('s3', 0)).toBeUndefined();
    });

    test('knows an upload while it is fresh, by its last id', async () => {
      const { uploads } = fixture.store;
      await uploads.put('https://x.test/a.png', 'a1', 1_000);
      await uploads.put('https://x.test/a.png', 'a2', 2_000);
      expect(await uploads.find('https://x.test/a.png', 2_000)).toBe('a2');
      expect(await uploads.find('https://x.test/a.png', 2_001)).toBeUndefined();
      await uploads.forget('https://x.test/a.png');
      expect(await uploads.find('https://x.test/a.png', 0)).toBeUndefined();
    });

    test('never moves the last interaction back', async () => {
      const id = freshConversation('zalo');
      expect(await fixture.store.interactions.last(id)).toBeUndefined();
      await fixture.store.interactions.note(id, 5_000);
      await fixture.store.interactions.note(id, 4_000);
      expect(await fixture.store.interactions.last(id)).toBe(5_000);
    });
  });
}

function tokenTests(storeOf: () => ZaloStore): void {
  const generation = (number: number) => ({
    generation: number,
    accessToken: `a${number}`,
    refreshToken: `r${number}`,
    issuedAt: number,
    expiresAt: number + 1,
  });

  test('keeps the first of two tokens of one generation, and gives the newest', async () => {
    const { tokens } = storeOf();
    expect(await tokens.latest('oa')).toBeUndefined();
    const added = await Promise.all([1, 1].map((number) => tokens.add('oa', generation(number))));
    expect(added.filter(Boolean)).toHaveLength(1);
    for (const number of [2, 3]) {
      await tokens.add('oa', generation(number));
    }
    expect(await tokens.latest('oa')).toEqual(generation(3));
    expect(await tokens.latest('other')).toBeUndefined();
  });

  test('lets one refresher make a try, and tells how each ended', async () => {
    const { tokens } = storeOf();
    const begun = await Promise.all([1, 2].map((startedAt) => tokens.beginTry('oa', 7, { number: 1, startedAt })));
    expect(begun.filter(Boolean)).toHaveLength(1);
    await tokens.endTry('oa', 7, 1, 'unknown');
    await tokens.beginTry('oa', 7, { number: 2, startedAt: 9 });
    const tries = await tokens.tries('oa', 7);
    expect(tries.map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, 'unknown'],
      [2, undefined],
    ]);
    expect(await tokens.tries('oa', 8)).toEqual([]);
  });
}

function sendTests(storeOf: () => ZaloStore): void {
  const somePart = (change: Partial<SendPart> = {}): SendPart => ({
    conversationId: freshConversation('zalo'),
    seq: 2,
    part: 1,
    isLast: true,
    fingerprint: 'f',
    at: BEGUN_AT,
    ...change,
  });

  test('gives the id of a part that went through, and the part by its id', async () => {
    const { sends } = storeOf();
    const part = somePart();
    expect(await sends.begin(part)).toBeUndefined();
    expect(await sends.begin({ ...part, at: 2_000 })).toBeUndefined();
    await sends.accepted(part, `m-${part.conversationId}`);
    expect(await sends.begin(part)).toBe(`m-${part.conversationId}`);
    expect(await sends.byMessageId(`m-${part.conversationId}`)).toEqual({ ...part, at: 2_000 });
    expect(await sends.byMessageId('m-0')).toBeUndefined();
  });

  test('takes an echo for our own by its id, or by the first part that has none', async () => {
    const { sends } = storeOf();
    const first = somePart();
    const second = { ...first, seq: 3 };
    const echo = { conversationId: first.conversationId, fingerprint: 'f', at: BEGUN_AT, since: BEGUN_AT };
    const [one, two] = [`one-${first.conversationId}`, `two-${first.conversationId}`];
    await sends.begin(first);
    await sends.begin(second);
    expect(await sends.matchEcho({ ...echo, messageId: one })).toBe(true);
    expect(await sends.matchEcho({ ...echo, messageId: one })).toBe(true);
    expect((await sends.byMessageId(one))?.seq).toBe(2);
    expect(await sends.matchEcho({ ...echo, messageId: two, since: BEGUN_AT + 1 })).toBe(false);
    expect(await sends.matchEcho({ ...echo, messageId: two })).toBe(true);
    expect(await sends.matchEcho({ ...echo, messageId: `three-${first.conversationId}` })).toBe(false);
  });

  test('gives an echo to the part begun nearest to it, when the same words were sent more than once', async () => {
    const { sends } = storeOf();
    const lost = somePart();
    const seen = { ...lost, seq: 5, at: BEGUN_AT + 60_000 };
    await sends.begin(lost);
    await sends.begin(seen);
    const { conversationId, fingerprint } = lost;
    const echo = { conversationId, fingerprint, messageId: `e-${conversationId}`, at: seen.at + 40, since: 0 };
    expect(await sends.matchEcho(echo)).toBe(true);
    expect((await sends.byMessageId(echo.messageId))?.seq).toBe(5);
  });

  test('forgets a part that was surely not sent, and keeps one that has an id', async () => {
    const { sends } = storeOf();
    const [unsent, sent] = [somePart(), somePart()];
    await sends.begin(unsent);
    await sends.notSent(unsent);
    const echo = { conversationId: unsent.conversationId, messageId: 'm-x', fingerprint: 'f', at: 0, since: 0 };
    expect(await sends.matchEcho(echo)).toBe(false);
    await sends.begin(sent);
    await sends.accepted(sent, 'm-sent');
    await sends.notSent(sent);
    expect(await sends.byMessageId('m-sent')).toBeDefined();
  });
}

function waitingTests(storeOf: () => ZaloStore): void {
  test('gives events that are due behind the earlier ones of their conversation, and passes echoes by', async () => {
    const { waiting } = storeOf();
    const id = freshConversation('zalo');
    const [early, echo, late, other] = [
      sampleEvent(id, { orderKey: 10 }),
      sampleEvent(id, { orderKey: 15 }),
      sampleEvent(id, { orderKey: 20 }),
      sampleEvent(freshConversation('zalo'), { orderKey: 1 }),
    ];
    const mark = { messageId: 'm', fingerprint: 'f' };
    await waiting.put({ event: late }, 1_000);
    await waiting.put({ event: early }, 5_000);
    await waiting.put({ event: echo, echo: mark }, 5_000);
    await waiting.put({ event: other }, 5_000);
    await waiting.put({ event: late }, 9_000);
    expect(await waiting.due(999)).toEqual([]);
    expect(await waiting.due(1_000)).toEqual([{ event: early }, { event: late }]);
    const mine = (await waiting.due(5_000)).filter(({ event }) => event.conversationId === id);
    expect(mine).toEqual([{ event: early }, { event: echo, echo: mark }, { event: late }]);
    for (const { event } of [...mine, { event: other }]) {
      await waiting.remove(event.key);
    }
    expect(await waiting.due(9_000)).toEqual([]);
  });
}
