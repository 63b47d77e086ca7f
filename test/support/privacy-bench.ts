import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembleBot } from '../../src/assemble-bot.ts';
import type { ChannelAdapter } from '../../src/bot/channel-adapter.ts';
import { conversationId } from '../../src/bot/conversation.ts';
import type { CustomerContent, EventContent, InboundEvent } from '../../src/bot/message.ts';
import type { Clock } from '../../src/bot/ports.ts';
import { type Reply, toPlainText } from '../../src/dialogs/reply.ts';
import { loadDeskRules } from '../../src/integrations/agent-desk/load-desk-rules.ts';
import { loadStormRules } from '../../src/integrations/incidents/load-storm-rules.ts';
import { loadLimits } from '../../src/integrations/limits/load-limits.ts';
import { createLocalEvents } from '../../src/integrations/local-events.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { createLocalRateLimiter } from '../../src/integrations/rate-limiters.ts';
import { createAddressSeal } from '../../src/integrations/sealed-address.ts';
import type { Storage } from '../../src/integrations/storage/storage.ts';
import { type Content, loadContent } from '../../src/load-content.ts';
import { openPrivacy } from '../../src/open-privacy.ts';
import { failingLog } from './failing-log.ts';

const SECRET_KEY = 'a key of the test, long enough for anybody';
export const PUBLIC_URL = 'https://chat.test';
const CHANNELS = ['web', 'zalo', 'sms'];
/** Bytes that are found again wherever they lie. */
export const BYTES = 'bytes-of-the-picture-of-the-meter';
const PICTURE = { bytes: Buffer.from(BYTES), mime: 'image/png', extension: 'png' };

let loaded: Content | undefined;
/** The product's own content; the trained model is kept between test files. */
export const content = (): Content => {
  loaded ??= loadContent({ cacheFolder: join(tmpdir(), 'lang-nghe-model') });
  return loaded;
};

export type PrivacyBench = Awaited<ReturnType<typeof createPrivacyBench>>;

/** The real bot with its real content over a storage, channels that take everything, and what privacy asks for. */
export function createPrivacyBench(storage: Storage, clock: Clock) {
  const addresses = createAddressSeal(SECRET_KEY);
  const sent: { readonly conversationId: string; readonly reply: Reply }[] = [];
  const sms: { readonly to: string; readonly text: string }[] = [];
  const adapter = (channel: string): ChannelAdapter => ({
    channel,
    canRepeat: true,
    async send({ message }) {
      if (message.reply !== undefined) {
        sent.push({ conversationId: message.conversationId, reply: message.reply });
      }
      return { result: 'accepted' };
    },
    ...(channel === 'sms' && {
      conversationWith: (to: string) =>
        conversationId({ channel, account: 'main', customer: addresses.seal(channel, to) }),
    }),
  });
  const adapters = new Map(CHANNELS.map((channel) => [channel, adapter(channel)]));
  const bot = assembleBot({
    ...{ storage, content: content(), clock, secretKey: SECRET_KEY, addresses, publicUrl: PUBLIC_URL },
    deskRules: loadDeskRules(),
    stormRules: loadStormRules(),
    adapters,
    bringers: new Map([['zalo', async () => ({ kind: 'media', media: PICTURE })]]),
    sms: {
      async send({ to, text }) {
        sms.push({ to, text });
        return {};
      },
    },
    events: createLocalEvents(),
    spool: { append: async () => Promise.reject(new Error('The bench has no spool.')), drain: async () => {} },
    ids: createRandomIds(clock.now),
    log: failingLog,
  });
  const privacy = openPrivacy({
    ...{
      storage,
      receive: bot.receive,
      addresses,
      adapters,
      secretKey: SECRET_KEY,
      pagesUrl: PUBLIC_URL,
      nodeId: 'n1',
      clock,
      createLimiter: createLocalRateLimiter,
      limits: loadLimits(),
    },
  });
  let events = 0;

  async function happens(id: string, content: EventContent): Promise<void> {
    events += 1;
    const [channel = ''] = id.split(':');
    const event: InboundEvent = {
      ...{ key: `${channel}/main/${process.pid}-${events}`, conversationId: id, content },
      ...{ orderKey: events, receivedAt: clock.now() },
    };
    await bot.receive(event);
    await settle();
  }

  async function settle(): Promise<void> {
    await bot.idle();
    await storage.later?.follow();
  }

  return {
    ...{ bot, privacy, sms, sent, happens, settle },
    idOf: (channel: string, customer: string) => conversationId({ channel, account: 'main', customer }),
    say: (id: string, text: string, more: CustomerContent = {}) =>
      happens(id, { kind: 'customer_message', text, ...more }),
    tap: (id: string, choice: string) => happens(id, { kind: 'customer_message', choice }),
    /** Types the code of the newest SMS. */
    async verify(id: string): Promise<void> {
      const code = /\d{6}/.exec(sms.at(-1)?.text ?? '')?.[0] ?? '';
      await happens(id, { kind: 'customer_message', text: code });
    },
    /** What a conversation was told last. */
    lastTo: (id: string) => {
      const last = sent.findLast((one) => one.conversationId === id);
      return last === undefined ? '' : toPlainText(last.reply);
    },
    toldTo: (id: string) => sent.flatMap((one) => (one.conversationId === id ? [toPlainText(one.reply)] : [])),
    /** Rounds of the erasure until nothing is left to do. */
    async eraseAll(): Promise<void> {
      for (let round = 0; round < 5; round += 1) {
        await privacy.carryOutErasures();
        await settle();
      }
    },
  };
}
