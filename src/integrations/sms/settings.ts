import { z } from 'zod';
import type { Environment } from '../channels/channel.ts';
import { readSettings } from '../channels/read-settings.ts';
import { type SmsFit, smsFitSettings } from './fit-settings.ts';

/** How one SMS gateway wants to be spoken to. */
export interface SmsSettings extends SmsFit {
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token?: string | undefined;
  /** More headers, for example an API key. */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON body; `{key}`, `{to}`, `{text}`, `{sender}` and `{unicode}` in its texts are filled in. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Brand name that the receiver sees; registered with the operators. */
  readonly sender: string;
  /** `path=value` that an answer must have to count as taken; absent: any 2xx is. */
  readonly success?: { readonly path: string; readonly value: string } | undefined;
  /** Where the answer names the message. */
  readonly idPath: string;
  readonly timeoutMs: number;
}

const LONGEST_BRAND = 11;
const DEFAULT_BODY = { key: '{key}', to: '{to}', text: '{text}' };

function jsonObject(text: string, context: z.RefinementCtx): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Told below, without the text: it may hold a key.
  }
  context.addIssue({ code: 'custom', message: 'must be one JSON object' });
  return {};
}

const schema = z.object({
  SMS_URL: z.url({ protocol: /^https?$/ }),
  SMS_TOKEN: z.string().optional(),
  SMS_HEADERS: z.string().transform(jsonObject).pipe(z.record(z.string(), z.string())).default({}),
  SMS_BODY: z.string().transform(jsonObject).default(DEFAULT_BODY),
  SMS_SENDER: z
    .string()
    .max(LONGEST_BRAND)
    .regex(/^[\x20-\x7e]+$/, 'a brand name has no accents')
    .default(''),
  SMS_SUCCESS: z
    .string()
    .regex(/^[^=]+=.+$/, 'must be path=value')
    .optional(),
  SMS_ID_PATH: z.string().default('id'),
  ...smsFitSettings,
  SMS_TIMEOUT_MS: z.coerce.number().int().min(1).default(10_000),
});

/** Settings of the gateway; `undefined` when there is none. Throws a `StartError` that says what to mend. */
export function readSmsSettings(env: Environment): SmsSettings | undefined {
  if (env['SMS_URL'] === undefined) {
    return undefined;
  }
  const set = readSettings(schema, env);
  const [path = '', ...value] = set.SMS_SUCCESS?.split('=') ?? [];
  return {
    url: set.SMS_URL,
    token: set.SMS_TOKEN,
    headers: set.SMS_HEADERS,
    body: set.SMS_BODY,
    sender: set.SMS_SENDER,
    success: set.SMS_SUCCESS === undefined ? undefined : { path, value: value.join('=') },
    idPath: set.SMS_ID_PATH,
    maxSegments: set.SMS_MAX_SEGMENTS,
    keepsMarks: set.SMS_KEEPS_MARKS,
    timeoutMs: set.SMS_TIMEOUT_MS,
  };
}
