import { z } from 'zod';
import { readSmsFit } from '../../sms/fit-settings.ts';
import type { ChannelKind } from '../channel.ts';
import { readSettings } from '../read-settings.ts';
import { createSmsChannel } from './adapter.ts';

const MIN_SECRET_LENGTH = 32;

const schema = z.object({
  /** How the receiver says no, as it stands under every notice: "Tu choi: soan TC gui 8655". */
  SMS_OPT_OUT_TEXT: z.string().optional(),
  SMS_OPT_OUT_WORD: z.string().default('TC'),
  SMS_CALLBACK_KEY: z.string().min(MIN_SECRET_LENGTH).optional(),
  SMS_DROPS_REPEATS: z.stringbool().default(false),
  SMS_RECEIPT_KEY_PATH: z.string().default('key'),
  SMS_RECEIPT_STATE_PATH: z.string().default('status'),
  SMS_RECEIPT_DELIVERED: z.string().default('delivered'),
  SMS_INBOUND_FROM_PATH: z.string().default('from'),
  SMS_INBOUND_TEXT_PATH: z.string().default('text'),
});

/** Notices by SMS, through the same gateway as one-time codes. Always there: in the demo on the phone of the page. */
export const smsChannel: ChannelKind = {
  liveOnly: ['SMS_CALLBACK_KEY'],
  configure(env) {
    const set = readSettings(schema, env);
    return {
      name: 'sms',
      open: (parts) =>
        createSmsChannel({
          ...parts,
          optOutText: set.SMS_OPT_OUT_TEXT ?? '',
          optOutWord: set.SMS_OPT_OUT_WORD,
          callbackKey: set.SMS_CALLBACK_KEY,
          dropsRepeats: set.SMS_DROPS_REPEATS,
          fit: readSmsFit(env),
          receipts: {
            keyPath: set.SMS_RECEIPT_KEY_PATH,
            statePath: set.SMS_RECEIPT_STATE_PATH,
            delivered: set.SMS_RECEIPT_DELIVERED.split(',').map((each) => each.trim()),
          },
          inbound: { fromPath: set.SMS_INBOUND_FROM_PATH, textPath: set.SMS_INBOUND_TEXT_PATH },
        }),
    };
  },
};
