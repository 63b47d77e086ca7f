import type { TrackedMessage } from '../../../bot/message.ts';
import { isByNotice } from '../../../bot/notices/notice.ts';
import type { CallPurpose } from './pacer.ts';

/** What the calls of a message are for. */
export function purposeOf({ isSafety, authorId }: Pick<TrackedMessage, 'isSafety' | 'authorId'>): CallPurpose {
  if (isSafety === true) {
    return 'safety';
  }
  return isByNotice(authorId) ? 'notice' : 'message';
}
