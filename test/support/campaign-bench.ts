import type { ChannelAdapter } from '../../src/bot/channel-adapter.ts';
import { createNotices } from '../../src/bot/notices/create-notices.ts';
import { createCampaignRunner } from '../../src/bot/notices/run-campaigns.ts';
import type { Subscription } from '../../src/bot/notices/subscription.ts';
import type { PlannedOutage } from '../../src/bot/records.ts';
import { plainTextOf } from '../../src/bot/summary.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { loadNoticeRules } from '../../src/integrations/notices/load-notice-rules.ts';
import { loadNoticeTemplates } from '../../src/integrations/notices/load-notice-templates.ts';
import { loadSiteLetters } from '../../src/integrations/notices/load-site-letters.ts';
import { createReadLinks } from '../../src/integrations/notices/read-links.ts';
import { createRemindAccounts } from '../../src/integrations/notices/remind-accounts.ts';
import { createTellAccount } from '../../src/integrations/notices/tell-account.ts';
import { createRecordsWatch } from '../../src/integrations/notices/watch-records.ts';
import { createWriteNotice } from '../../src/integrations/notices/write-notice.ts';
import { createAddressSeal } from '../../src/integrations/sealed-address.ts';
import { type ActionBench, anOutage, CODE } from './action-bench.ts';
import { buildBot, type TestBot } from './build-bot.ts';
import { createFakeEngine } from './fake-engine.ts';

/** By which addresses and links of the bench are sealed. */
export const SECRET = 'a key of the test';
const utility = loadUtility();

/** The conversation of a phone or a mail address. */
export function conversationOf(channel: string, address: string): string {
  return `${channel}:main:${createAddressSeal(SECRET).seal(channel, address)}`;
}

/** The real stores, watch, runner and giver, with channels that record. */
export function openCampaignBench({ storage, clock }: ActionBench, zalo: Partial<ChannelAdapter> = {}) {
  let sent: string[] = [];
  let built: TestBot | undefined;
  const channel = (name: string): ChannelAdapter => ({
    ...{ channel: name, canRepeat: true },
    async send({ message }) {
      sent.push(`${message.conversationId}: ${plainTextOf(message)}`);
      return { result: 'accepted' };
    },
  });
  const byAddress = (name: string): ChannelAdapter => ({
    ...channel(name),
    conversationWith: (address) => conversationOf(name, address),
  });
  const adapters = new Map([
    ['zalo', { ...channel('zalo'), ...zalo }] as const,
    ['web', channel('web')] as const,
    ...['email', 'sms'].map((name) => [name, byAddress(name)] as const),
  ]);
  built = buildBot(
    () => ({ adapters, clock, onAttempt: (message, outcome) => notices.settle(message, outcome) }),
    storage.db,
  );
  const rules = loadNoticeRules();
  const readLinks = createReadLinks(SECRET, 'https://chat.test');
  const notices = createNotices({
    ...{ ...storage, ledger: storage.noticeLedger, store: storage.conversations, adapters, rules, clock },
    receive: async (event) => built?.bot.receive(event),
  });
  const write = createWriteNotice({
    ...{ ...storage, ...utility, noticeTemplates: loadNoticeTemplates(), clock },
    engine: createFakeEngine(),
  });
  const toAccounts = {
    ...{ ...storage, ...utility, noticeTemplates: loadNoticeTemplates(), siteLetters: loadSiteLetters() },
    ...{ readLinks, tell: notices.tell, rules, adapters, clock },
  };
  const runner = createCampaignRunner({
    tellAccount: createTellAccount(toAccounts),
    ...storage,
    ledger: storage.noticeLedger,
    tell: notices.tell,
    write,
    rules,
    clock,
  });
  const watch = createRecordsWatch({ ...storage, rules, clock });
  const remind = createRemindAccounts(toAccounts);
  return {
    /** What was sent so far and not asked for. */
    sent: () => sent,
    async round() {
      await watch();
      await remind();
      await runner.step();
      await notices.sweep();
      await built?.bot.idle();
      for (let tick = 0; tick < 10; tick += 1) {
        clock.advance(100);
        await notices.goOn();
      }
      await built?.bot.idle();
    },
    /** Until every campaign has come to its end. */
    async rounds() {
      for (let count = 0; count < 8; count += 1) {
        await this.round();
      }
      const told = sent;
      sent = [];
      return told;
    },
  };
}

export async function subscribe({ storage }: Pick<ActionBench, 'storage'>, change: Partial<Subscription> = {}) {
  await storage.subscriptions.start({
    ...{ topic: 'planned_outage', customerCode: CODE, conversationId: 'zalo:1:a', isVerified: true },
    consent: { version: 1, at: 0, words: 'Đồng ý.' },
    ...change,
  });
}

export const planned = (change: Partial<PlannedOutage> = {}) => anOutage({ version: 'v1', ...change }) as PlannedOutage;
