import type { ActionDeps } from './action.ts';
import { momentWords } from './spoken-figures.ts';

/** A picture belongs to what is asked for on the same day. */
const PICTURES_OF_MS = 86_400_000;

interface RecentPictures {
  /** What follows the summary of a ticket: empty when there is no picture. */
  readonly note: string;
  /** Where they stand in the conversation, oldest first. */
  readonly details: { readonly pictures?: string };
}

/** The pictures that the customer has sent in this conversation: staff look at them, the bot does not. */
export async function recentPictures(
  media: ActionDeps['media'],
  conversationId: string,
  now: number,
): Promise<RecentPictures> {
  const records = (await media.records(conversationId)).filter(
    (record) => record.state === 'kept' && record.mime.startsWith('image/') && record.at > now - PICTURES_OF_MS,
  );
  const last = records.at(-1);
  return last === undefined
    ? { note: '', details: {} }
    : {
        note: `, kèm ảnh khách gửi lúc ${momentWords(last.at)}`,
        details: { pictures: records.map(({ seq }) => `tin nhắn ${seq}`).join(', ') },
      };
}
