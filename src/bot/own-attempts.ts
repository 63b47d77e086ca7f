import type { Attempt } from './ports.ts';

/** The attempts that this process is making: however long they take, they are not lost. */
export interface OwnAttempts {
  during<T>(attempt: Attempt, work: () => Promise<T>): Promise<T>;
  isUnderWay(attempt: Attempt): boolean;
}

export function createOwnAttempts(): OwnAttempts {
  const underWay = new Set<string>();
  return {
    async during(attempt, work) {
      const key = keyOf(attempt);
      underWay.add(key);
      try {
        return await work();
      } finally {
        underWay.delete(key);
      }
    },
    isUnderWay: (attempt) => underWay.has(keyOf(attempt)),
  };
}

function keyOf({ conversationId, seq, number }: Attempt): string {
  return `${conversationId}/${seq}/${number}`;
}
