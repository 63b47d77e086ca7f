import { z } from 'zod';
import type { ZaloCredentials, ZaloSettings } from './integrations/channels/zalo/settings.ts';
import { StartError } from './start-error.ts';

/** Everything that is set from outside. Secrets come by environment only. */
export interface Config {
  readonly mode: 'demo' | 'live';
  readonly host: string;
  readonly port: number;
  /** Folder of the database and of everything else that is written. */
  readonly dataFolder: string;
  /** Folder of the trained model: may be shared, as it is the same for the same content. */
  readonly modelFolder: string;
  /** Public address, for secure cookies and links; absent in the demo. */
  readonly publicUrl?: string;
  /** Signs tokens and one-time codes; absent in the demo, which keeps its own in the data folder. */
  readonly secretKey?: string;
  /** For servers that speak Direct Line with us. */
  readonly directLineSecret?: string;
  /** Other sites that may show the widget. */
  readonly allowedOrigins: readonly string[];
  readonly sms?: { readonly url: string; readonly token?: string };
  readonly logLevel: string;
  /** Absent: no Zalo. */
  readonly zalo?: ZaloConfig;
}

/** One Zalo Official Account. */
export interface ZaloConfig {
  readonly credentials: ZaloCredentials;
  readonly settings: Partial<ZaloSettings>;
  readonly connectKey?: string;
  readonly verifierCode?: string;
  /** False: the webhook still answers, and nothing comes in. */
  readonly isOn: boolean;
}

const MIN_SECRET_LENGTH = 32;
const DEFAULT_PORT = 8080;
/** What belongs to a real service: a demo that is given any of it is a live service started by mistake. */
const LIVE_ONLY = [
  ...['SECRET_KEY', 'DIRECT_LINE_SECRET', 'SMS_URL', 'SMS_TOKEN', 'PUBLIC_URL', 'ZALO_APP_ID', 'ZALO_APP_SECRET'],
  ...['ZALO_OA_SECRET_KEY', 'ZALO_OA_ID', 'ZALO_CONNECT_KEY', 'ZALO_VERIFIER_CODE'],
] as const;
const ZALO_TOGETHER = ['ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_SECRET_KEY', 'ZALO_OA_ID'] as const;

const schema = z.object({
  MODE: z.enum(['demo', 'live']).default('demo'),
  HOST: z.string().min(1).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(DEFAULT_PORT),
  DATA_DIR: z.string().min(1).default('var'),
  MODEL_DIR: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SECRET_KEY: z.string().min(MIN_SECRET_LENGTH).optional(),
  DIRECT_LINE_SECRET: z.string().min(MIN_SECRET_LENGTH).optional(),
  ALLOWED_ORIGINS: z.string().default(''),
  SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_TOKEN: z.string().min(1).optional(),
  ZALO_APP_ID: z.string().min(1).optional(),
  ZALO_APP_SECRET: z.string().min(1).optional(),
  ZALO_OA_SECRET_KEY: z.string().min(1).optional(),
  ZALO_OA_ID: z.string().min(1).optional(),
  ZALO_CONNECT_KEY: z.string().min(MIN_SECRET_LENGTH).optional(),
  ZALO_VERIFIER_CODE: z.string().min(1).optional(),
  ZALO_OAUTH_BASE: z.url({ protocol: /^https?$/ }).optional(),
  ZALO_OPENAPI_BASE: z.url({ protocol: /^https?$/ }).optional(),
  ZALO_SENDS_PROOF: z.stringbool().optional(),
  ZALO_ENABLED: z.stringbool().default(true),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

type Settings = z.infer<typeof schema>;

/** Reads and checks the environment. Throws a `StartError` that names every wrong setting and says how to mend it. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // An empty value is how shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
    throw new StartError(`Wrong setting in the environment: ${wrong}. See "Settings" in docs/operations.md.`);
  }
  const settings = parsed.data;
  if (settings.MODE === 'demo') {
    refuseLiveSettings(settings);
  } else {
    requireLiveSettings(settings);
  }
  return toConfig(settings);
}

function refuseLiveSettings(settings: Settings): void {
  const found = LIVE_ONLY.filter((name) => settings[name as keyof Settings] !== undefined);
  if (found.length > 0) {
    throw new StartError(
      `The demo does not take ${found.join(', ')}. Set MODE=live for a real service, or unset ${found.length === 1 ? 'it' : 'them'} for the demo.`,
    );
  }
  if (settings.HOST !== undefined && !['127.0.0.1', 'localhost', '::1'].includes(settings.HOST)) {
    throw new StartError('The demo listens on this machine only: unset HOST, or set MODE=live for a real service.');
  }
}

function requireLiveSettings(settings: Settings): void {
  const missing = (['SECRET_KEY', 'PUBLIC_URL', 'SMS_URL'] as const).filter((name) => settings[name] === undefined);
  if (missing.length > 0) {
    throw new StartError(`MODE=live needs ${missing.join(', ')}. See "Settings" in docs/operations.md.`);
  }
  const zaloMissing = ZALO_TOGETHER.filter((name) => settings[name] === undefined);
  if (zaloMissing.length > 0 && zaloMissing.length < ZALO_TOGETHER.length) {
    throw new StartError(`Zalo needs ${zaloMissing.join(', ')} too, or none of ${ZALO_TOGETHER.join(', ')}.`);
  }
}

function toConfig(settings: Settings): Config {
  return {
    mode: settings.MODE,
    host: settings.HOST ?? (settings.MODE === 'demo' ? '127.0.0.1' : '0.0.0.0'),
    port: settings.PORT,
    dataFolder: settings.DATA_DIR,
    modelFolder: settings.MODEL_DIR ?? settings.DATA_DIR,
    allowedOrigins: settings.ALLOWED_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
    logLevel: settings.LOG_LEVEL,
    ...(settings.PUBLIC_URL !== undefined && { publicUrl: settings.PUBLIC_URL }),
    ...(settings.SECRET_KEY !== undefined && { secretKey: settings.SECRET_KEY }),
    ...(settings.DIRECT_LINE_SECRET !== undefined && { directLineSecret: settings.DIRECT_LINE_SECRET }),
    ...zaloOf(settings),
    ...(settings.SMS_URL !== undefined && {
      sms: { url: settings.SMS_URL, ...(settings.SMS_TOKEN !== undefined && { token: settings.SMS_TOKEN }) },
    }),
  };
}

function zaloOf(settings: Settings): { zalo?: ZaloConfig } {
  const {
    ZALO_APP_ID: appId,
    ZALO_APP_SECRET: appSecret,
    ZALO_OA_SECRET_KEY: oaSecretKey,
    ZALO_OA_ID: oaId,
  } = settings;
  if (appId === undefined || appSecret === undefined || oaSecretKey === undefined || oaId === undefined) {
    return {};
  }
  return {
    zalo: {
      credentials: { appId, appSecret, oaSecretKey, oaId },
      settings: {
        ...(settings.ZALO_OAUTH_BASE !== undefined && { oauthBase: settings.ZALO_OAUTH_BASE }),
        ...(settings.ZALO_OPENAPI_BASE !== undefined && { openapiBase: settings.ZALO_OPENAPI_BASE }),
        ...(settings.ZALO_SENDS_PROOF !== undefined && { sendsProof: settings.ZALO_SENDS_PROOF }),
      },
      isOn: settings.ZALO_ENABLED,
      ...(settings.ZALO_CONNECT_KEY !== undefined && { connectKey: settings.ZALO_CONNECT_KEY }),
      ...(settings.ZALO_VERIFIER_CODE !== undefined && { verifierCode: settings.ZALO_VERIFIER_CODE }),
    },
  };
}
