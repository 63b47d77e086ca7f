import type { Provenance } from '../dialogs/provenance.ts';
import type { Reply } from '../dialogs/reply.ts';
import type { InboundEvent, TrackedMessage } from './message.ts';

/** The same message as it must be told now. */
export interface NewerWords {
  readonly reply: Reply;
  readonly provenance: readonly Provenance[];
}

/** What to say in place of a message whose record has a newer version by now; `undefined`: it is true as it is. */
export type FindNewerWords = (message: TrackedMessage) => Promise<NewerWords | undefined>;

export interface RenewWordsDeps {
  readonly findNewerWords: FindNewerWords;
  /** The bot's inbox: it drops the second event of the same key. */
  readonly receive: (event: InboundEvent) => Promise<unknown>;
  readonly clock: { now(): number };
  readonly log: { error(details: object, message: string): void };
}

export interface RenewWords {
  isOutdated(message: TrackedMessage): Promise<boolean>;
  /** `true`: the message must not go out; a turn says in its place what is known now. Called again, it is said once. */
  renew(message: TrackedMessage): Promise<boolean>;
}

/**
 * Sees to it that a message which had to wait does not tell an older version than others have been shown since. What
 * replaces it is a turn of its own, so that the desk shows what the customer has read, and where it comes from.
 */
export function createRenewWords({ findNewerWords, receive, clock, log }: RenewWordsDeps): RenewWords {
  async function newerThan(message: TrackedMessage): Promise<NewerWords | undefined> {
    if (message.provenance === undefined) {
      return undefined;
    }
    // A look-up that fails holds no message back.
    return findNewerWords(message).catch((error: unknown) => {
      log.error({ error }, 'Whether a message is still true could not be looked up; it goes out as it is.');
      return undefined;
    });
  }

  return {
    isOutdated: async (message) => (await newerThan(message)) !== undefined,
    async renew(message) {
      const newer = await newerThan(message);
      if (newer === undefined) {
        return false;
      }
      const { conversationId, seq } = message;
      const { reply, provenance } = newer;
      const now = clock.now();
      // Kept before the old one is withdrawn: a crash in between repeats this, and the second is dropped.
      await receive({
        ...{ key: `renew/${conversationId}/${seq}`, conversationId, orderKey: now, receivedAt: now },
        content: { kind: 'notice', replies: [reply], provenance },
      });
      return true;
    },
  };
}
