import type { CustomerContent, InboundEvent } from '../../../bot/message.ts';
import type { Clock } from '../../../bot/ports.ts';
import type { TelegramApi } from './api.ts';
import { createUpdateOrder } from './order-keys.ts';
import { parseUpdate, type TelegramEvent } from './parse.ts';
import type { TelegramSettings } from './settings.ts';
import type { TelegramStore } from './store.ts';

export interface IntakeDeps {
  readonly store: Pick<TelegramStore, 'buttons' | 'groups'>;
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  readonly api: TelegramApi;
  readonly clock: Clock;
  readonly settings: TelegramSettings;
  readonly botId: string;
  /** Counts what became of an update, for example `customer` or `unknown`. */
  readonly count: (what: string) => void;
}

type Of<K extends TelegramEvent['kind']> = Extract<TelegramEvent, { readonly kind: K }>;

/** Takes one update. What it must not lose is durable when it resolves; throws when nothing can keep it. */
export function createIntake(deps: IntakeDeps): (update: unknown) => Promise<void> {
  const { store, api, clock, settings, botId } = deps;
  const orderOf = createUpdateOrder();

  async function fromCustomer(event: Of<'customer' | 'tap'>, content: CustomerContent): Promise<void> {
    const { key, conversationId, updateId, at } = event;
    const now = clock.now();
    const orderKey = orderOf({ chat: conversationId, updateId, at, now });
    await deps.receive({
      key,
      conversationId,
      orderKey,
      receivedAt: now,
      content: { kind: 'customer_message', ...content },
    });
  }

  async function fromTap(event: Of<'tap'>): Promise<void> {
    const meaning = await store.buttons.find(event.conversationId, event.data);
    await fromCustomer(
      event,
      meaning === undefined ? { choice: event.data } : { text: meaning.label, choice: meaning.value },
    );
    // Only ends the little clock on the button; too late or twice is no harm.
    void api.call('answerCallbackQuery', { callback_query_id: event.callbackId });
  }

  async function fromGroup({ chatId, canWrite }: Of<'group'>): Promise<void> {
    if (canWrite && (await store.groups.greet(botId, chatId, clock.now()))) {
      void api.call('sendMessage', { chat_id: chatId, text: settings.groupWords });
    }
  }

  return async (update) => {
    const event = parseUpdate(update, botId);
    deps.count(event.kind);
    switch (event.kind) {
      case 'customer':
        return fromCustomer(event, event.content);
      case 'tap':
        return fromTap(event);
      case 'group':
        return fromGroup(event);
      case 'blocked':
      case 'unblocked':
      case 'ignored':
      case 'unknown':
      case 'malformed':
        return;
    }
  };
}
