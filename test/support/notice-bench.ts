import type { ChannelAdapter } from '../../src/bot/channel-adapter.ts';
import { createNotices, type NoticesDeps } from '../../src/bot/notices/create-notices.ts';
import type { Notice } from '../../src/bot/notices/notice.ts';
import type { ReplyWindow } from '../../src/bot/reply-window.ts';
import { plainTextOf } from '../../src/bot/summary.ts';
import { loadNoticeRules } from '../../src/integrations/notices/load-notice-rules.ts';
import { createSqliteCampaignStore } from '../../src/integrations/storage/sqlite/campaign-store.ts';
import { createSqliteConversationViews } from '../../src/integrations/storage/sqlite/conversation-views.ts';
import { createSqliteNoticeLedger } from '../../src/integrations/storage/sqlite/notice-ledger.ts';
import { createSqliteOptOuts } from '../../src/integrations/storage/sqlite/opt-outs.ts';
import { buildBot } from './build-bot.ts';

export const HOUR_MS = 3_600_000;
export const PHONE = '0900000001';
export const SMS = 'sms:main:sealed-phone';

export const aNotice = (change: Partial<Notice> = {}): Notice => ({
  ...{ event: 'outage/O1/v1', topic: 'planned_outage', replies: [{ kind: 'text', text: 'Mai cúp điện từ 07:30.' }] },
  ...change,
});

/** A bot with notices over one file in memory; 09:00 in Viet Nam. */
export function openNoticeBench(change: (deps: NoticesDeps) => Partial<NoticesDeps> = () => ({}), hearsOfEnds = true) {
  const sms: string[] = [];
  const windows = new Map<string, ReplyWindow>();
  const zaloAnswers: Awaited<ReturnType<ChannelAdapter['send']>>[] = [];
  const onZalo: string[] = [];
  const zalo: ChannelAdapter = {
    ...{ channel: 'zalo', canRepeat: false },
    async send({ message }) {
      const answer = zaloAnswers.shift() ?? { result: 'accepted' };
      if (answer.result === 'accepted') {
        onZalo.push(plainTextOf(message));
      }
      return answer;
    },
    window: async (id) => windows.get(id),
    takesTemplate: (name) => name === 'ticket_state',
  };
  const phone: ChannelAdapter = {
    ...{ channel: 'sms', canRepeat: true, conversationWith: () => SMS },
    async send({ message }) {
      sms.push(plainTextOf(message));
      return { result: 'accepted' };
    },
  };
  const built = buildBot(({ adapters }) => ({
    adapters: new Map([...adapters, ['zalo', zalo], ['sms', phone]]),
    ...(hearsOfEnds && { onAttempt: (message, outcome) => notices.settle(message, outcome) }),
    holdNotice: {
      isHeld: (message) => notices.holdNotice.isHeld(message),
      hold: (message, attempt) => notices.holdNotice.hold(message, attempt),
      giveWay: (message, until, reason) => notices.holdNotice.giveWay(message, until, reason),
    },
  }));
  const { db, clock, deps } = built;
  const ledger = createSqliteNoticeLedger(db, clock);
  const optOuts = createSqliteOptOuts(db, clock);
  const base: NoticesDeps = {
    ...{ ledger, optOuts, clock, adapters: deps.adapters, store: deps.store },
    campaigns: createSqliteCampaignStore(db),
    views: createSqliteConversationViews(db),
    rules: loadNoticeRules(),
    receive: (event) => built.bot.receive(event),
  };
  const notices = createNotices({ ...base, ...change(base) });
  async function settled() {
    await notices.sweep();
    await built.bot.idle();
  }
  /** So many hours later, with all that is due by then. */
  async function later(hours: number) {
    built.clock.advance(hours * HOUR_MS);
    await built.bot.sweep();
    await built.bot.idle();
    await settled();
  }
  return { ...built, ...notices, ledger, optOuts, sms, onZalo, windows, zaloAnswers, settled, later };
}
