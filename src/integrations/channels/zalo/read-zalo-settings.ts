import { z } from 'zod';
import type { Environment } from '../channel.ts';
import { areAllSet, readSettings } from '../read-settings.ts';
import type { ZaloCredentials, ZaloSettings } from './settings.ts';

/** What the environment says of the Official Account. */
export interface ZaloSetup {
  readonly credentials: ZaloCredentials;
  readonly settings: Partial<ZaloSettings>;
  readonly connectKey: string | undefined;
  readonly verifierCode: string | undefined;
  readonly isOn: boolean;
  readonly mediaHosts: readonly string[];
  readonly privateMediaHosts: readonly string[];
}

export const ZALO_NEEDED = ['ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_SECRET_KEY', 'ZALO_OA_ID'] as const;
const MIN_SECRET_LENGTH = 32;
const MINUTE_MS = 60_000;

const hostList = z
  .string()
  .default('')
  .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
  .transform((hosts) => hosts.filter((host) => host !== ''));

/** `ticket_state=7895418, bill=7895417` */
const templateIds = z
  .string()
  .regex(/^\s*\w+\s*=\s*\d+\s*(,\s*\w+\s*=\s*\d+\s*)*$/, 'is not written like ticket_state=7895418, other_name=7895419')
  .transform((list) => Object.fromEntries(list.split(',').map((pair) => pair.split('=').map((part) => part.trim()))));

const schema = z.object({
  ZALO_APP_ID: z.string(),
  ZALO_APP_SECRET: z.string(),
  ZALO_OA_SECRET_KEY: z.string(),
  ZALO_OA_ID: z.string(),
  ZALO_CONNECT_KEY: z.string().min(MIN_SECRET_LENGTH).optional(),
  ZALO_VERIFIER_CODE: z.string().optional(),
  ZALO_OAUTH_BASE: z.url({ protocol: /^https?$/ }).optional(),
  ZALO_OPENAPI_BASE: z.url({ protocol: /^https?$/ }).optional(),
  ZALO_BUSINESS_BASE: z.url({ protocol: /^https?$/ }).optional(),
  /** Zalo's number of each notice in `data/notices/templates.yaml` that it has approved. */
  ZALO_TEMPLATES: templateIds.optional(),
  ZALO_SENDS_PROOF: z.stringbool().optional(),
  /** How long a message waits for one that was written earlier and comes later. */
  ZALO_SETTLE_MS: z.coerce.number().int().min(0).max(10_000).optional(),
  /** Names on the internet that media may come from, beside Zalo's own and ours; `*.example.vn` for all below one. */
  ZALO_MEDIA_HOSTS: hostList,
  /** Hosts, or `host:port`, that may be on this machine or its network, and speak plain http: a simulator. */
  ZALO_PRIVATE_MEDIA_HOSTS: hostList,
  ZALO_USER_INFO_PICTURE: z.url({ protocol: /^https$/ }).optional(),
  ZALO_SEEN_REACTION: z
    .string()
    .regex(/^\/-\w+$/)
    .optional(),
  ZALO_CATCH_UP_MINUTES: z.coerce.number().min(0).optional(),
  ZALO_STALE_AFTER_MINUTES: z.coerce.number().min(0).optional(),
  /** False: the webhook still answers, and nothing comes in. */
  ZALO_ENABLED: z.stringbool().default(true),
});

/** Reads the settings of the Official Account; `undefined`: there is none. Throws a `StartError` that says what to mend. */
export function readZaloSettings(env: Environment): ZaloSetup | undefined {
  if (!areAllSet('Zalo', ZALO_NEEDED, env)) {
    return undefined;
  }
  const set = readSettings(schema, env);
  return {
    credentials: {
      appId: set.ZALO_APP_ID,
      appSecret: set.ZALO_APP_SECRET,
      oaSecretKey: set.ZALO_OA_SECRET_KEY,
      oaId: set.ZALO_OA_ID,
    },
    settings: {
      ...(set.ZALO_OAUTH_BASE !== undefined && { oauthBase: set.ZALO_OAUTH_BASE }),
      ...(set.ZALO_OPENAPI_BASE !== undefined && { openapiBase: set.ZALO_OPENAPI_BASE }),
      ...(set.ZALO_BUSINESS_BASE !== undefined && { businessBase: set.ZALO_BUSINESS_BASE }),
      ...(set.ZALO_TEMPLATES !== undefined && { templateIds: set.ZALO_TEMPLATES }),
      ...(set.ZALO_SETTLE_MS !== undefined && { settleMs: set.ZALO_SETTLE_MS }),
      ...(set.ZALO_SENDS_PROOF !== undefined && { sendsProof: set.ZALO_SENDS_PROOF }),
      ...(set.ZALO_CATCH_UP_MINUTES !== undefined && { catchUpEveryMs: set.ZALO_CATCH_UP_MINUTES * MINUTE_MS }),
      ...(set.ZALO_STALE_AFTER_MINUTES !== undefined && { staleAfterMs: set.ZALO_STALE_AFTER_MINUTES * MINUTE_MS }),
      userInfoPicture: set.ZALO_USER_INFO_PICTURE,
      seenReaction: set.ZALO_SEEN_REACTION,
    },
    connectKey: set.ZALO_CONNECT_KEY,
    verifierCode: set.ZALO_VERIFIER_CODE,
    isOn: set.ZALO_ENABLED,
    mediaHosts: set.ZALO_MEDIA_HOSTS,
    privateMediaHosts: set.ZALO_PRIVATE_MEDIA_HOSTS,
  };
}
