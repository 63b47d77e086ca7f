import { z } from 'zod';
import { ControlError } from './control/control-error.ts';

const probability = z.number().min(0).max(1);
const rangeMs = z.tuple([z.number().min(0), z.number().min(0)]);
const receipt = (delayMs: [number, number]) =>
  z.object({ probability: probability.default(1), delayMs: rangeMs.default(delayMs) }).prefault({});

const app = z.object({
  id: z.string().default('4100000000000000001'),
  /** App Secret of the app's settings page: OAuth and `appsecret_proof`. Another string than the OA secret key. [MULTI] */
  secret: z.string().default('SIM_APP_SECRET'),
  /** OA Secret Key of the webhook page: signs events. */
  oaSecretKey: z.string().default('SIM_OA_SECRET_KEY_0123456789'),
  isActive: z.boolean().default(true),
  proofRequired: z.boolean().default(false),
  /** `redirect_uri` must equal it, else -14003. [MULTI] */
  callbackUrl: z.string().nullable().default(null),
});

const oa = z.object({
  id: z.string().default('3880000000000000004'),
  name: z.string().default('Điện lực Mô Phỏng'),
  isVerified: z.boolean().default(true),
  hasApiPackage: z.boolean().default(true),
  packageName: z.string().default('Nâng cao'),
  /** API groups that the OA has not granted to the app. */
  deniedPermissions: z.array(z.enum(['message', 'user', 'upload', 'template', 'tag', 'info'])).default([]),
});

const oauth = z.object({
  accessTokenSeconds: z.number().positive().default(90_000),
  refreshTokenDays: z.number().positive().default(90),
  codeMinutes: z.number().positive().default(10),
  /** A string in practice; a number must be taken too. [DOC] */
  expiresIn: z.enum(['string', 'number']).default('string'),
  showRefreshExpiry: z.boolean().default(false),
  /** Some failures carry no numeric `error`. [MULTI] */
  errorStyle: z.enum(['numeric', 'without_error']).default('numeric'),
  /** [MULTI] -14014 seen for a used refresh token; [ONE] -118 for the same class. */
  usedRefreshTokenCode: z.union([z.literal(-14014), z.literal(-118)]).default(-14014),
  /** [INFER] no source names the code for a wrong or used authorization code. */
  invalidCodeCode: z.union([z.literal(-14014), z.literal(-118)]).default(-118),
  /** What the OA's admin does on the permission page. */
  consent: z.enum(['grant', 'refuse']).default('grant'),
  /** Changing the callback voids the grant. [ONE] */
  changeVoidsGrant: z.boolean().default(true),
});

const answers = z.object({
  /** How an invalid token is told; all four have been seen. [MULTI] */
  authCodeStyle: z.union([z.literal(-216), z.literal(216), z.literal(401), z.literal(-401)]).default(-216),
  errorNumber: z.enum(['number', 'string']).default('number'),
  /** Older clients saw `recipient_id`. [DOC] */
  recipientField: z.enum(['user_id', 'recipient_id']).default('user_id'),
  /** Types of the counters vary. [DOC] */
  counters: z.enum(['string', 'number']).default('string'),
  /** Sent by some clients, omitted by others. [CONFLICT] */
  buttonTemplateType: z.enum(['either', 'required', 'forbidden']).default('either'),
  /** No v3 page documents lists. [CONFLICT] */
  listTemplate: z.enum(['accept', 'refuse']).default('accept'),
  /** [INFER] code and unit of the 2,000 limit are open questions. */
  textLimitCode: z.union([z.literal(-210), z.literal(-201)]).default(-210),
  textUnit: z.enum(['code_points', 'utf16']).default('code_points'),
  /** A user who blocked the OA. [INFER] -244 and -217 both describe it. */
  blockedCode: z.union([z.literal(-244), z.literal(-217), z.literal(-213)]).default(-244),
});

const rate = z.object({
  appPerMinute: z.number().int().min(1).default(4000),
  /** Depends on the OA's package and is not published. */
  oaPerMinute: z.number().int().min(1).nullable().default(null),
});

const quota = z.object({
  /** Unlimited since 2026-01-01; help pages still show 8. [DOC] */
  repliesPerWindow: z.number().int().min(0).nullable().default(null),
  packageTotal: z.number().int().min(0).default(500),
  whenExhausted: z.enum(['charge', 'out_of_quota', 'billing_empty']).default('charge'),
  templateDaily: z.number().int().min(0).default(500),
  uploadsPerMonth: z.number().int().min(0).default(5000),
});

const webhook = z.object({
  /** Names whose console switch is on. All are off at first. [ONE] */
  events: z.array(z.string()).default([]),
  /** "Lọc cú pháp": only text that starts with `#` comes through. [DOC] */
  hashFilter: z.boolean().default(false),
  retrySwitch: z.boolean().default(true),
  /** The official text knows connection failures only; practitioners saw the others too. [CONFLICT] */
  retryOn: z.enum(['connection', 'non200', 'both']).default('both'),
  ladderSeconds: z.array(z.number().positive()).default([30, 300, 900, 1800, 3600]),
  firstRetryNumber: z.number().int().default(1),
  answerTimeoutMs: z.number().positive().default(2000),
  /** HTTPS, a domain name, no port; off because the product under test runs next door. [DOC] */
  strictUrl: z.boolean().default(false),
  /** Who stands as sender in received and seen events. [CONFLICT] */
  receiptSender: z.enum(['oa', 'user']).default('oa'),
  submitInfoShape: z.enum(['current', 'older']).default('current'),
  /** Vary key order, escapes and slashes. [INFER] */
  variesSpelling: z.boolean().default(true),
  /** [INFER] no source shows how a message with buttons is echoed. */
  buttonsEchoedAs: z.enum(['oa_send_text', 'oa_send_list']).default('oa_send_text'),
});

const echo = z.object({
  isOn: z.boolean().default(true),
  /** The echo may come before the answer of the send call. [INFER] */
  order: z.enum(['after', 'before', 'random']).default('after'),
  delayMs: rangeMs.default([0, 0]),
});

const media = z.object({
  slowMs: z.number().min(0).default(0),
  lifetimeMinutes: z.number().positive().nullable().default(null),
  wrongMime: z.boolean().default(false),
  oversizeBytes: z.number().int().min(0).default(0),
  /** Refuse an upload whose bytes are not what its name says. [INFER] */
  sniffsUploads: z.boolean().default(true),
});

const lists = z.object({
  /** Whether `listrecentchat` has a row per message or per user. [INFER] */
  recentChat: z.enum(['message', 'conversation']).default('message'),
  /** Whether taps on `oa.query.hide` show in the lists. [INFER] */
  showsHiddenTaps: z.boolean().default(true),
});

const templates = z.object({
  /** -133 between 22:00 and 06:00: existed for ZNS, missing in the new table. [DOC] */
  nightRule: z.boolean().default(false),
  /** Numbering of token errors for templates by user id. [INFER] */
  byUserTokenCodes: z.enum(['oa', 'template']).default('oa'),
});

/** Everything about Zalo that sources leave open, or that a test wants otherwise: settings, never constants. */
export const settingsSchema = z.object({
  app: app.prefault({}),
  oa: oa.prefault({}),
  oauth: oauth.prefault({}),
  answers: answers.prefault({}),
  rate: rate.prefault({}),
  quota: quota.prefault({}),
  webhook: webhook.prefault({}),
  echo: echo.prefault({}),
  receipts: z.object({ received: receipt([300, 900]), seen: receipt([1500, 4000]) }).prefault({}),
  media: media.prefault({}),
  lists: lists.prefault({}),
  templates: templates.prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;
/** Any part of the settings, at any depth. */
export type SettingsPatch = z.input<typeof settingsSchema>;

/** The settings with some of them changed; throws when a value is not allowed. */
export function withSettings(settings: Settings, patch: unknown): Settings {
  return settingsSchema.parse(merge(settings, patch));
}

function merge(base: unknown, patch: unknown): unknown {
  if (!isPlainObject(base) || !isPlainObject(patch)) {
    return patch === undefined ? base : patch;
  }
  const unknown = Object.keys(patch).find((key) => !(key in base));
  if (unknown !== undefined) {
    throw new ControlError(`There is no setting "${unknown}". Known here: ${Object.keys(base).join(', ')}.`);
  }
  return Object.fromEntries(Object.entries(base).map(([key, value]) => [key, merge(value, patch[key])]));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
