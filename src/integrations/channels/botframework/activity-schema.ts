import { z } from 'zod';

/** What is read of an Activity (Bot Framework protocol 3.1); other fields stay unread. */
export const activitySchema = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  timestamp: z.coerce.date().optional(),
  channelId: z.string(),
  serviceUrl: z.string(),
  from: z.looseObject({ id: z.string() }),
  recipient: z.looseObject({ id: z.string() }),
  conversation: z.looseObject({
    id: z.string(),
    isGroup: z.boolean().optional(),
    conversationType: z.string().optional(),
  }),
  text: z.string().optional(),
  value: z.unknown().optional(),
  entities: z
    .array(z.looseObject({ type: z.string(), text: z.string().optional(), mentioned: z.unknown().optional() }))
    .optional(),
  attachments: z
    .array(
      z.looseObject({
        contentType: z.string(),
        contentUrl: z.string().optional(),
        name: z.string().optional(),
        content: z.unknown().optional(),
      }),
    )
    .optional(),
});

export type IncomingActivity = z.infer<typeof activitySchema>;
