const MANY = 5_000;
const UPDATES_OF_A_SECOND = 1_000;

/**
 * Order keys of one bot's updates. Telegram's times are whole seconds and a tap has none, but update ids rise: so a
 * later update never gets the smaller key, and updates of one second that arrive side by side keep their order.
 */
export function createUpdateOrder(): (update: {
  readonly chat: string;
  readonly updateId: number;
  readonly at: number | undefined;
  readonly now: number;
}) => number {
  const last = new Map<string, { readonly updateId: number; readonly key: number }>();
  return ({ chat, updateId, at, now }) => {
    const before = last.get(chat);
    const key = at === undefined ? now : at + (updateId % UPDATES_OF_A_SECOND);
    if (before !== undefined && updateId <= before.updateId) {
      return key;
    }
    const rising = Math.max(key, (before?.key ?? 0) + 1);
    last.delete(chat);
    last.set(chat, { updateId, key: rising });
    for (const oldest of last.keys()) {
      if (last.size <= MANY) {
        break;
      }
      last.delete(oldest);
    }
    return rising;
  };
}
