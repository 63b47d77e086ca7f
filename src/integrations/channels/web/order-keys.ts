const MANY = 5000;

export type OrderKeys = (conversation: string, now: number) => number;

/**
 * Order keys for events whose channel gives no time of its own: the time of arrival, made to grow strictly within
 * one conversation, so that two messages of the same millisecond keep their order.
 */
export function createOrderKeys(): OrderKeys {
  const last = new Map<string, number>();
  return (conversation, now) => {
    const key = Math.max(now, (last.get(conversation) ?? 0) + 1);
    last.set(conversation, key);
    if (last.size > MANY) {
      forgetBefore(last, now);
    }
    return key;
  };
}

function forgetBefore(last: Map<string, number>, now: number): void {
  for (const [conversation, key] of last) {
    if (key < now) {
      last.delete(conversation);
    }
  }
}
