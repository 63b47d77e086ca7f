import { z } from 'zod';
import { id } from './event-schema.ts';

/** One message in Zalo's lists, newest first there. */
export const listRowSchema = z.looseObject({
  /** 1: from the customer. */
  src: z.coerce.number(),
  /** UTC ms. */
  time: z.coerce.number().positive(),
  type: z.string().catch(''),
  message: z.string().nullish(),
  message_id: id,
  from_id: id,
  to_id: id,
  url: z.string().nullish().catch(undefined),
  thumb: z.string().nullish().catch(undefined),
  links: z.array(z.looseObject({})).nullish().catch(undefined),
  location: z.string().nullish().catch(undefined),
});

export type ListRow = z.infer<typeof listRowSchema>;

/** What the lists call a message, where the webhook calls it otherwise. */
const OTHER_NAMES: Readonly<Record<string, string>> = { photo: 'image', voice: 'audio' };
/** As which kinds of message the webhook may have brought it. */
export const KINDS = 'text image gif link audio video sticker location business_card file'.split(' ');

/** The row as the webhook would have brought it. */
export function toWebhookEvent(row: ListRow, appId: string): object {
  const named = OTHER_NAMES[row.type] ?? row.type;
  const kind = KINDS.includes(named) ? named : row.message ? 'text' : 'file';
  const attachment = attachmentOf(row, kind);
  return {
    app_id: appId,
    event_name: `user_send_${kind}`,
    timestamp: String(row.time),
    sender: { id: row.from_id },
    recipient: { id: row.to_id },
    message: {
      msg_id: row.message_id,
      ...(row.message && { text: row.message }),
      ...(attachment !== undefined && { attachments: [attachment] }),
    },
  };
}

function attachmentOf({ url, thumb, links, location }: ListRow, kind: string): object | undefined {
  switch (kind) {
    case 'text':
      return undefined;
    case 'location':
      return { type: 'location', payload: { coordinates: readJson(location) } };
    case 'link':
    case 'business_card':
      return { type: 'link', payload: links?.[0] ?? { url } };
    default:
      return { type: kind, payload: { url, thumbnail: thumb } };
  }
}

function readJson(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
