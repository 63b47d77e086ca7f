import { z } from 'zod';
import { CHANNELS } from './channels.ts';
import type { ConfiguredChannel } from './integrations/channels/channel.ts';
import { readSettings } from './integrations/channels/read-settings.ts';
import { readSmsFit, type SmsFit } from './integrations/sms/fit-settings.ts';
import { readSmsSettings, type SmsSettings } from './integrations/sms/settings.ts';
import type { Storage } from './integrations/storage/storage.ts';
import { DEFAULT_DATA_FOLDER, modelFolderOf } from './model-folder.ts';
import { StartError } from './start-error.ts';

/** Everything that is set from outside. Secrets come by environment only. */
export interface Config {
  readonly mode: 'demo' | 'live';
  readonly host: string;
  readonly port: number;
  /** Folder of the database file, of the spool and of everything else that is written. */
  readonly dataFolder: string;
  /** The MongoDB server that keeps the data instead of a file; several nodes may share it. */
  readonly mongodbUrl?: string;
  /** The Redis server by which the nodes wake each other and count together. */
  readonly redisUrl?: string;
  /** How many nodes there are: the share of each while Redis is away. */
  readonly nodes: number;
  /** Folder of the trained model: may be shared, as it is the same for the same content. */
  readonly modelFolder: string;
  /** Public address, for secure cookies and links; absent in the demo. */
  readonly publicUrl?: string;
  /** Signs tokens and one-time codes; absent in the demo, which keeps its own in the data folder. */
  readonly secretKey?: string;
  /** For servers that speak Direct Line with us. */
  readonly directLineSecret?: string;
  /** For the utility's outage system; absent: its way is closed. */
  readonly incidentApiKey?: string;
  /** Other sites that may show the widget. */
  readonly allowedOrigins: readonly string[];
  /** Gateway of one-time codes and notices. */
  readonly sms?: SmsSettings;
  /** In which form texts go out by SMS, and how long. */
  readonly smsFit: SmsFit;
  readonly logLevel: string;
  /** Where spans of messages go; absent: nowhere. */
  readonly spans?: { readonly endpoint: string; readonly share: number };
  /** Those whose settings are there, beside the web chat. */
  readonly channels: readonly ConfiguredChannel<Storage>[];
}

const MIN_SECRET_LENGTH = 32;
const DEFAULT_PORT = 8080;
/** What belongs to a real service: a demo that is given any of it is a live service started by mistake. */
const LIVE_ONLY = [
  ...['SECRET_KEY', 'DIRECT_LINE_SECRET', 'INCIDENT_API_KEY', 'SMS_URL', 'SMS_TOKEN', 'SMS_HEADERS', 'PUBLIC_URL'],
  ...CHANNELS.flatMap(({ liveOnly }) => liveOnly),
];

const schema = z.object({
  MODE: z.enum(['demo', 'live']).default('demo'),
  HOST: z.string().min(1).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(DEFAULT_PORT),
  MONGODB_URL: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/./, 'must begin with redis:// or rediss://')
    .optional(),
  NODES: z.coerce.number().int().min(1).max(1_000).default(1),
  DATA_DIR: z.string().min(1).default(DEFAULT_DATA_FOLDER),
  MODEL_DIR: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SECRET_KEY: z.string().min(MIN_SECRET_LENGTH).optional(),
  DIRECT_LINE_SECRET: z.string().min(MIN_SECRET_LENGTH).optional(),
  INCIDENT_API_KEY: z.string().min(MIN_SECRET_LENGTH).optional(),
  ALLOWED_ORIGINS: z.string().default(''),
  SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

type Settings = z.infer<typeof schema>;

/** Reads and checks the environment. Throws a `StartError` that names every wrong setting and says how to mend it. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  // An empty value is how shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const settings = readSettings(schema, given);
  if (settings.MODE === 'demo') {
    refuseLiveSettings(settings, given);
  } else {
    requireLiveSettings(settings);
  }
  if (settings.REDIS_URL !== undefined && settings.MONGODB_URL === undefined) {
    throw new StartError('REDIS_URL is for nodes that share a database: set MONGODB_URL, too, or unset REDIS_URL.');
  }
  const sms = readSmsSettings(given);
  return {
    ...toConfig(settings),
    ...(sms !== undefined && { sms }),
    smsFit: readSmsFit(given),
    channels: CHANNELS.map((kind) => kind.configure(given)).filter((channel) => channel !== undefined),
  };
}

function refuseLiveSettings(settings: Settings, given: NodeJS.ProcessEnv): void {
  const found = LIVE_ONLY.filter((name) => given[name] !== undefined);
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
}

function toConfig(settings: Settings): Omit<Config, 'channels' | 'smsFit'> {
  return {
    mode: settings.MODE,
    host: settings.HOST ?? (settings.MODE === 'demo' ? '127.0.0.1' : '0.0.0.0'),
    port: settings.PORT,
    dataFolder: settings.DATA_DIR,
    modelFolder: modelFolderOf({ MODEL_DIR: settings.MODEL_DIR, DATA_DIR: settings.DATA_DIR }),
    allowedOrigins: settings.ALLOWED_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
    logLevel: settings.LOG_LEVEL,
    nodes: settings.NODES,
    ...(settings.REDIS_URL !== undefined && { redisUrl: settings.REDIS_URL }),
    ...(settings.MONGODB_URL !== undefined && { mongodbUrl: settings.MONGODB_URL }),
    ...(settings.PUBLIC_URL !== undefined && { publicUrl: settings.PUBLIC_URL }),
    ...(settings.SECRET_KEY !== undefined && { secretKey: settings.SECRET_KEY }),
    ...(settings.INCIDENT_API_KEY !== undefined && { incidentApiKey: settings.INCIDENT_API_KEY }),
    ...(settings.DIRECT_LINE_SECRET !== undefined && { directLineSecret: settings.DIRECT_LINE_SECRET }),
    ...(settings.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined && {
      spans: { endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT, share: settings.OTEL_TRACES_SAMPLER_ARG },
    }),
  };
}
