import type { Clock, SmsGateway } from '../../bot/ports.ts';

/** An SMS that would have been sent. */
export interface DemoSms {
  /** Counts from 1. */
  readonly number: number;
  /** UTC ms. */
  readonly at: number;
  readonly to: string;
  readonly text: string;
}

/** Where the demo keeps its SMS. */
export interface DemoSmsStore {
  /** Keeps an SMS, once for each key. */
  keep(sms: Omit<DemoSms, 'number'> & { readonly key: string }): Promise<void>;
  /** SMS numbered above `number`, oldest first. */
  after(number: number, limit: number): Promise<readonly DemoSms[]>;
}

/** The customer's phone in the demo: what a gateway would have sent can be read here. */
export interface DemoPhone extends SmsGateway {
  /** SMS numbered above `after`, oldest first, at most `limit`. */
  messages(after: number, limit?: number): Promise<readonly DemoSms[]>;
}

const MOST_MESSAGES = 50;

/** Keeps SMS in the database instead of sending them; the same key twice is one SMS. */
export function createDemoPhone({ store, clock }: { readonly store: DemoSmsStore; readonly clock: Clock }): DemoPhone {
  return {
    async send({ key, to, text }) {
      await store.keep({ key, at: clock.now(), to, text });
      return {};
    },
    messages: (after, limit = MOST_MESSAGES) => store.after(after, limit),
  };
}
