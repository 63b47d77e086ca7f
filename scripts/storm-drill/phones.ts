import type { Control } from '../../simulators/zalo/control/create-control.ts';
import { botIdOf } from '../../src/integrations/channels/telegram/settings.ts';
import type { FakeTelegram } from '../../test/support/telegram/fake-telegram.ts';
import { createWebCustomer, type WebCustomer } from '../explore/web-customer.ts';
import type { ZaloStage } from '../soak/zalo-stage.ts';
import type { DrillChannel } from './drill-plan.ts';

export interface SeenMessage {
  readonly text: string;
  /** When it came, UTC ms of the simulation; at the web chat the time that the server gives it. */
  readonly at: number;
}

/** A phone or a page of one customer. */
export interface Phone {
  readonly channel: DrillChannel;
  /** `undefined` until the page has a session. */
  conversationId(): string | undefined;
  /** Writes; the channel brings it, also to a server that is away. */
  say(text: string): void;
  /** When the channel had brought the first message; `undefined`: it has not. */
  arrivedAt(): number | undefined;
  /** Everything that was shown, oldest first, as far as it has looked. */
  seen(): readonly SeenMessage[];
}

/** Somebody whom the service knows from earlier. */
export interface KnownCustomer {
  readonly zaloUser?: string;
  /** Comes back to the page, with the cookie of his first visit. */
  readonly visit?: () => WebCustomer;
}

export interface Phones {
  open(channel: DrillChannel, number: number, known?: KnownCustomer): Phone;
  /** Calls `onNews` of each phone that has shown something since the last look. */
  look(): Promise<void>;
  /** Looks at every page, also those that nobody watches. */
  lookAtAll(): Promise<void>;
  /** Whether everything that was written has been brought, or waits for Zalo's next try. */
  isAllTried(): boolean;
  /** Whether everything that was written has been brought. */
  isAllBrought(): boolean;
}

export interface PhonesDeps {
  readonly stage: ZaloStage;
  readonly telegram: FakeTelegram;
  /** A phone has shown something new. */
  readonly onNews: (number: number) => void;
}

const SEND_PATH = '/v3.0/oa/message/cs';
const FIRST_CHAT = 50_000;
/** A page that has said something looks so often, real ms; then it looks when all do. */
const LOOKS_MS = [60, 120, 240, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
const PAGES_AT_ONCE = 12;

/** Phones on all three channels. What Zalo and Telegram show is found by their calls, so that nobody asks 20,000 phones. */
export function createPhones({ stage, telegram, onNews }: PhonesDeps): Phones {
  const { control } = stage;
  const byZaloUser = new Map<string, number>();
  const byChat = new Map<number, { readonly number: number; readonly seen: SeenMessage[] }>();
  const pages = new Map<number, Page>();
  let [calls, shown] = [0, 0];

  function lookAtZalo(): void {
    const all = control.world().calls;
    for (; calls < all.length; calls += 1) {
      const call = all[calls];
      const user = (call?.request as { recipient?: { user_id?: string } } | undefined)?.recipient?.user_id;
      const number = call?.path === SEND_PATH && user !== undefined ? byZaloUser.get(user) : undefined;
      if (number !== undefined) {
        onNews(number);
      }
    }
  }

  function lookAtTelegram(): void {
    for (; shown < telegram.shown.length; shown += 1) {
      const message = telegram.shown[shown];
      const chat = message && byChat.get(message.chat);
      if (message !== undefined && chat !== undefined) {
        chat.seen.push({ text: message.text, at: message.at });
        onNews(chat.number);
      }
    }
  }

  async function lookAtPages(chosen: readonly (readonly [number, Page])[]): Promise<void> {
    const queue = chosen[Symbol.iterator]();
    const work = async () => {
      for (const [number, page] of queue) {
        if (await page.look()) {
          onNews(number);
        }
      }
    };
    await Promise.all(Array.from({ length: PAGES_AT_ONCE }, work));
  }

  const isBroughtBut = (isNotYet: (state: string) => boolean) =>
    [...pages.values()].every((page) => page.isBrought()) &&
    telegram.queue.pending.length === 0 &&
    !control.world().deliveries.some(({ state }) => isNotYet(state));

  return {
    open(channel, number, { zaloUser, visit } = {}) {
      switch (channel) {
        case 'zalo': {
          const id = zaloUser ?? control.createUser({ name: `Khách ${number}` }).id;
          byZaloUser.set(id, number);
          return zaloPhone(stage, id);
        }
        case 'telegram': {
          const seen: SeenMessage[] = [];
          byChat.set(chatOf(number), { number, seen });
          return telegramPhone(stage, telegram, chatOf(number), seen);
        }
        case 'web': {
          const page = openPage(stage, visit);
          pages.set(number, page);
          return page;
        }
      }
    },
    async look() {
      lookAtZalo();
      lookAtTelegram();
      await lookAtPages([...pages].filter(([, page]) => page.isWatched()));
    },
    async lookAtAll() {
      lookAtZalo();
      lookAtTelegram();
      await lookAtPages([...pages]);
    },
    isAllTried: () => isBroughtBut((state) => state === 'pending'),
    isAllBrought: () => isBroughtBut((state) => state === 'pending' || state === 'retrying'),
  };
}

function zaloPhone(stage: ZaloStage, userId: string): Phone {
  const { control } = stage;
  return {
    channel: 'zalo',
    conversationId: () => stage.conversationOf(userId),
    say: (text) => void control.say(userId, text),
    arrivedAt: () => control.transcript(userId).find(({ author }) => author === 'user')?.receivedAt,
    seen: () => shownBy(control, userId),
  };
}

function shownBy(control: Control, userId: string): readonly SeenMessage[] {
  return control
    .transcript(userId)
    .filter(({ author }) => author === 'api')
    .map(({ text = '', at }) => ({ text, at }));
}

/** The chat of a customer at Telegram. */
export function chatOf(number: number): number {
  return FIRST_CHAT + number;
}

let telegramMessages = 0;

function telegramPhone(stage: ZaloStage, telegram: FakeTelegram, chat: number, seen: readonly SeenMessage[]): Phone {
  let first: { readonly update: number; arrivedAt?: number } | undefined;
  return {
    channel: 'telegram',
    conversationId: () => `telegram:${botIdOf(telegram.token)}:${chat}`,
    say(text) {
      telegramMessages += 1;
      const person = { id: chat, is_bot: false, first_name: 'Khách' };
      const { update_id: update } = telegram.happen({
        message: {
          ...{ message_id: telegramMessages, date: Math.floor(stage.now() / 1_000), text, from: person },
          chat: { id: chat, type: 'private', first_name: 'Khách' },
        } as never,
      });
      first ??= { update };
    },
    // Telegram forgets an update when the poll after it has come: by then it is kept.
    arrivedAt() {
      if (first !== undefined && first.arrivedAt === undefined) {
        const { update } = first;
        if (!telegram.queue.pending.some(({ update_id: id }) => id === update)) {
          first.arrivedAt = stage.now();
        }
      }
      return first?.arrivedAt;
    },
    seen: () => seen,
  };
}

interface Page extends Phone {
  isWatched(): boolean;
  isBrought(): boolean;
  /** `true`: there is something new. */
  look(): Promise<boolean>;
}

function openPage(stage: ZaloStage, visit?: () => WebCustomer): Page {
  const seen: SeenMessage[] = [];
  const due: number[] = [];
  let customer: WebCustomer | undefined;
  let opening: Promise<WebCustomer> | undefined;
  let saying: Promise<void> = Promise.resolve();
  let [said, brought] = [0, 0];
  let arrivedAt: number | undefined;

  async function bring(id: string, text: string): Promise<void> {
    opening ??= visit === undefined ? createWebCustomer(() => stage.address) : undefined;
    customer = (await opening) ?? visit?.();
    await customer?.say(id, text);
    brought += 1;
    arrivedAt ??= stage.now();
    due.splice(0, due.length, ...LOOKS_MS.map((ms) => performance.now() + ms));
  }

  return {
    channel: 'web',
    conversationId: () => customer && `web:main:${customer.visitor}`,
    say(text) {
      said += 1;
      const id = `drill-${said}`;
      saying = saying.then(() => bring(id, text));
    },
    arrivedAt: () => arrivedAt,
    seen: () => seen,
    isWatched: () => (due[0] ?? Number.POSITIVE_INFINITY) <= performance.now(),
    isBrought: () => said === brought,
    async look() {
      due.shift();
      customer = visit?.() ?? customer;
      if (customer === undefined || !stage.isUp()) {
        return false;
      }
      const history = await customer.history().catch(() => undefined);
      const shown = (history ?? []).filter(({ from }) => from !== 'customer').slice(seen.length);
      seen.push(...shown.map(({ text, at }) => ({ text, at })));
      return shown.length > 0;
    },
  };
}
