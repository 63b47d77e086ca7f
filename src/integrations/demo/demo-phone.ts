import type { Clock, SmsGateway } from '../../bot/ports.ts';
import type { SqliteDatabase } from '../storage/sqlite/database.ts';

/** An SMS that would have been sent. */
export interface DemoSms {
  /** Counts from 1. */
  readonly number: number;
  /** UTC ms. */
  readonly at: number;
  readonly to: string;
  readonly text: string;
}

/** The customer's phone in the demo: what a gateway would have sent can be read here. */
export interface DemoPhone extends SmsGateway {
  /** SMS numbered above `after`, oldest first, at most `limit`. */
  messages(after: number, limit?: number): Promise<readonly DemoSms[]>;
}

const MOST_MESSAGES = 50;

/** Keeps SMS in the database instead of sending them; the same key twice is one SMS. */
export function createDemoPhone({ db, clock }: { readonly db: SqliteDatabase; readonly clock: Clock }): DemoPhone {
  const insert = db.sqlite.prepare<[string, number, string, string]>(
    'INSERT INTO demo_sms (key, at, recipient, text) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING',
  );
  const select = db.sqlite.prepare<[number, number], DemoSms>(
    'SELECT number, at, recipient AS "to", text FROM demo_sms WHERE number > ? ORDER BY number LIMIT ?',
  );
  return {
    async send({ key, to, text }) {
      await db.write('demo_sms', () => {
        insert.run(key, clock.now(), to, text);
      });
      return {};
    },
    messages: async (after, limit = MOST_MESSAGES) => select.all(after, limit),
  };
}
