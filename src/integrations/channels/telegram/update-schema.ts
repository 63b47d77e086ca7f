import { z } from 'zod';

/** What we read of an update; whatever Telegram adds passes by. */
const userSchema = z.looseObject({ id: z.number(), is_bot: z.boolean().optional() });
const chatSchema = z.looseObject({ id: z.number(), type: z.string() });

const fileSchema = z.looseObject({
  file_id: z.string(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  /** Of a sticker. */
  emoji: z.string().optional(),
});
export type TelegramFile = z.infer<typeof fileSchema>;

const locationSchema = z.looseObject({
  latitude: z.number(),
  longitude: z.number(),
  /** Set while it moves: each step comes as an edit. */
  live_period: z.number().optional(),
});

const messageSchema = z.looseObject({
  message_id: z.number(),
  date: z.number(),
  edit_date: z.number().optional(),
  chat: chatSchema,
  from: userSchema.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  photo: z.array(z.looseObject({ file_id: z.string(), width: z.number(), height: z.number() })).optional(),
  document: fileSchema.optional(),
  animation: fileSchema.optional(),
  audio: fileSchema.optional(),
  voice: fileSchema.optional(),
  video: fileSchema.optional(),
  video_note: fileSchema.optional(),
  sticker: fileSchema.optional(),
  contact: z
    .looseObject({
      phone_number: z.string(),
      first_name: z.string().optional(),
      last_name: z.string().optional(),
      user_id: z.number().optional(),
    })
    .optional(),
  location: locationSchema.optional(),
  venue: z.looseObject({ title: z.string().optional(), address: z.string().optional() }).optional(),
});
export type TelegramMessage = z.infer<typeof messageSchema>;

const callbackSchema = z.looseObject({
  id: z.string(),
  from: userSchema,
  data: z.string().optional(),
  message: z.looseObject({ chat: chatSchema }).optional(),
});

const memberSchema = z.looseObject({
  chat: chatSchema,
  date: z.number(),
  new_chat_member: z.looseObject({ status: z.string() }),
});

export const updateSchema = z.looseObject({
  update_id: z.number(),
  message: messageSchema.optional(),
  edited_message: messageSchema.optional(),
  callback_query: callbackSchema.optional(),
  my_chat_member: memberSchema.optional(),
});
export type TelegramUpdate = z.infer<typeof updateSchema>;
