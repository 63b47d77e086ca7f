import { z } from 'zod';

/** Ids are decimal strings; a number is taken only while it is exact. */
export const id = z.union([z.string().min(1), z.number().int().transform(String)]);
const stamp = z.union([z.string().regex(/^\d{1,16}$/), z.number().int().nonnegative().transform(String)]);
const words = z.string().nullish();

const attachmentSchema = z.looseObject({
  type: z.string().catch(''),
  payload: z
    .looseObject({
      url: words,
      thumbnail: words,
      title: words,
      description: words,
      name: words,
      coordinates: z
        .looseObject({
          latitude: z.union([z.string(), z.number()]),
          longitude: z.union([z.string(), z.number()]),
        })
        .nullish(),
    })
    .nullish()
    .catch(null),
});

/** One attachment of a message. */
export type ZaloAttachment = z.infer<typeof attachmentSchema>;

/** The fields that every event has. */
export const envelopeSchema = z.looseObject({
  app_id: id,
  event_name: z.string().min(1).max(100),
  timestamp: stamp,
  oa_id: id.nullish(),
});

const party = z.looseObject({ id });

/** An event about one message: from a customer, an echo, or a receipt. */
export const messageEventSchema = envelopeSchema.extend({
  sender: party.extend({ admin_id: id.nullish() }),
  recipient: party,
  message: z.looseObject({
    msg_id: id.nullish(),
    msg_ids: z.array(id).nullish(),
    /** In the receipt of a template to a phone. */
    tracking_id: id.nullish(),
    text: words,
    conversation_id: id.nullish(),
    attachments: z.array(attachmentSchema).nullish(),
  }),
});

export type MessageEvent = z.infer<typeof messageEventSchema>;

/** Events with flat fields: the customer stands in one of three places. */
export const flatEventSchema = envelopeSchema.extend({
  user_id: id.nullish(),
  follower: party.nullish(),
  sender: party.nullish(),
  recipient: party.nullish(),
});

export type FlatEvent = z.infer<typeof flatEventSchema>;

/** A request to be allowed to call the customer, and its answer. */
export const callConsentSchema = z.looseObject({
  request_type: z.enum(['SENT', 'EXPIRED']).optional().catch(undefined),
  user_consent: z.enum(['ALLOW', 'USER_BLOCKED']).optional().catch(undefined),
});

/** Both shapes of what a customer shares on a `request_user_info` card. */
export const submittedInfoSchema = z.looseObject({
  info: z.looseObject({
    name: words,
    phone: id.nullish(),
    address: words,
    ward: words,
    district: words,
    city: words,
    full_address: z.looseObject({ user_address: words, user_ward: words, user_city: words }).nullish(),
  }),
});

/** What the description of a shared contact holds, as JSON in a string. */
export const contactCardSchema = z.looseObject({ phone: id.nullish(), qrCodeUrl: words });
