import type { Subscription } from '../../bot/notices/subscription.ts';

type Place = Pick<Subscription, 'customerCode' | 'conversationId'>;

/** Where a subscription stands within its topic. Codes have no space. */
export function cursorOf({ customerCode, conversationId }: Place): string {
  return `${customerCode} ${conversationId}`;
}

/** Absent: before the first. */
export function partsOfCursor(cursor = ''): Place {
  const space = cursor.indexOf(' ');
  return space < 0
    ? { customerCode: '', conversationId: '' }
    : { customerCode: cursor.slice(0, space), conversationId: cursor.slice(space + 1) };
}
