import type { DirectLineApi, Outcome, Session } from './direct-line-api.ts';

/** Holds a token that is good now. */
export interface SessionKeeper {
  /** A usable session, renewed when half its time is over. */
  current(): Promise<Outcome<Session>>;
  /** The server has refused this session: do not use it again. */
  reject(session: Session): void;
}

/**
 * `onConversation` is called with the id of the conversation when it is first known and whenever it changes: the
 * cookie may have been deleted.
 */
export function createSessionKeeper(api: DirectLineApi, onConversation: (id: string) => void): SessionKeeper {
  let session: Session | undefined;
  let renewal: Promise<Outcome<Session>> | undefined;

  async function renew(): Promise<Outcome<Session>> {
    const old = session;
    const isUsable = old !== undefined && old.expiresAt > performance.now();
    // By the token first: where a browser keeps no cookie, it is the only thing that names the visitor.
    const refreshed = isUsable ? await api.refresh(old) : undefined;
    const outcome = refreshed?.ok ? refreshed : await api.openSession();
    if (!outcome.ok) {
      return isUsable && outcome.why === 'later' ? { ok: true, value: old } : outcome;
    }
    if (outcome.value.conversationId !== old?.conversationId) {
      onConversation(outcome.value.conversationId);
    }
    session = outcome.value;
    return outcome;
  }

  return {
    async current() {
      if (session !== undefined && session.renewAt > performance.now()) {
        return { ok: true, value: session };
      }
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
      return renewal;
    },
    reject(refused) {
      if (session?.token === refused.token) {
        session = { ...refused, renewAt: 0, expiresAt: 0 };
      }
    },
  };
}
