import { z } from 'zod';
import type { Stage } from '../stage.ts';
import type { SimulatedUser } from '../world.ts';
import { type IncomingCall, readDataQuery, readJsonBody } from './incoming-call.ts';
import { parseFields } from './parse-fields.ts';
import { oaRefusal } from './refusal.ts';
import { requireUser } from './require-recipient.ts';
import type { Endpoint } from './serve-calls.ts';
import { repliesLeft, vietnameseDate } from './take-quota.ts';

const DAY_MS = 86_400_000;
const VIETNAM_MS = 7 * 3_600_000;
const byId = z.looseObject({ user_id: z.string().min(1) });

/** Users, the state of the OA and the quota. */
export const userEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/v3.0/oa/user/detail', permission: 'user', run: userDetail },
  { method: 'GET', path: '/v3.0/oa/user/getlist', permission: 'user', run: userList },
  { method: 'POST', path: '/v3.0/oa/user/update', permission: 'user', run: updateUser },
  { method: 'GET', path: '/v2.0/oa/getoa', permission: 'info', run: oaDetail },
  { method: 'POST', path: '/v3.0/oa/quota/message', permission: 'info', run: messageQuota },
  // Closed for business OAs since 2024-06-01 [DOC]; the code is inferred.
  ...['getprofile', 'getfollowers'].map(
    (name): Endpoint => ({
      method: 'GET',
      path: `/v2.0/oa/${name}`,
      permission: 'user',
      run: () => {
        throw oaRefusal(-235);
      },
    }),
  ),
];

function userDetail(stage: Stage, call: IncomingCall): unknown {
  const { user_id: userId } = parseFields(byId, readDataQuery(call));
  const user = requireUser(stage, { userId });
  const avatar = `${stage.mediaBase}/media/avatar-${user.id}`;
  return {
    user_id: user.id,
    user_id_by_app: user.idByApp,
    user_external_id: '',
    display_name: user.name,
    user_alias: user.alias,
    is_sensitive: false,
    user_is_follower: user.isFollower,
    user_last_interaction_date: user.lastInteractionAt === null ? '' : vietnameseDate(user.lastInteractionAt),
    avatar,
    avatars: { '120': avatar, '240': avatar },
    dynamic_param: '',
    tags_and_notes_info: { notes: [], tag_names: user.tags },
    ...(Object.keys(user.sharedInfo).length > 0 && { shared_info: user.sharedInfo }),
  };
}

const listSchema = z.looseObject({
  offset: z.number().int().min(0).max(9951),
  count: z.number().int().min(1).max(50),
  tag_name: z.string().optional(),
  last_interaction_period: z
    .string()
    .regex(/^(TODAY|YESTERDAY|L7D|L30D|\d{4}_\d\d_\d\d:\d{4}_\d\d_\d\d)$/)
    .optional(),
  is_follower: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
});

function userList(stage: Stage, call: IncomingCall): unknown {
  const query = parseFields(listSchema, readDataQuery(call));
  const found = [...stage.world.users.values()].filter(
    (user) =>
      !user.isAnonymous &&
      (query.tag_name === undefined || user.tags.includes(query.tag_name)) &&
      (query.is_follower === undefined || user.isFollower === (String(query.is_follower) === 'true')) &&
      (query.last_interaction_period === undefined || interactedIn(stage, user, query.last_interaction_period)),
  );
  const page = found.slice(query.offset, query.offset + query.count);
  return {
    total: found.length,
    count: page.length,
    offset: query.offset,
    users: page.map(({ id }) => ({ user_id: id })),
  };
}

function interactedIn({ clock }: Stage, user: SimulatedUser, period: string): boolean {
  if (user.lastInteractionAt === null) {
    return false;
  }
  const dayOf = (at: number) => Math.floor((at + VIETNAM_MS) / DAY_MS);
  const daysAgo = dayOf(clock.now()) - dayOf(user.lastInteractionAt);
  const limits: Readonly<Record<string, [number, number]>> = {
    TODAY: [0, 0],
    YESTERDAY: [1, 1],
    L7D: [0, 7],
    L30D: [0, 30],
  };
  const limit = limits[period];
  if (limit !== undefined) {
    return daysAgo >= limit[0] && daysAgo <= limit[1];
  }
  const [from, to] = period.split(':').map((day) => Date.parse(day.replaceAll('_', '-')) / DAY_MS);
  const day = dayOf(user.lastInteractionAt);
  return from !== undefined && to !== undefined && day >= from && day <= to;
}

const updateSchema = z.looseObject({
  user_id: z.string().min(1),
  alias: z.string().max(100).optional(),
  shared_info: z.record(z.string(), z.string()).optional(),
});

/** [ONE] */
function updateUser(stage: Stage, call: IncomingCall): unknown {
  const { user_id: userId, alias, shared_info: info } = parseFields(updateSchema, readJsonBody(call));
  const user = requireUser(stage, { userId });
  user.alias = alias ?? user.alias;
  user.sharedInfo = { ...user.sharedInfo, ...info };
  return undefined;
}

function oaDetail({ world, clock }: Stage): unknown {
  const { oa } = world.settings;
  return {
    oaid: oa.id,
    oa_id: oa.id,
    name: oa.name,
    description: 'Tài khoản mô phỏng, không có thật',
    is_verified: oa.isVerified,
    oa_type: 2,
    package_name: oa.packageName,
    package_valid_through_date: vietnameseDate(clock.now() + 300 * DAY_MS),
    num_follower: [...world.users.values()].filter(({ isFollower }) => isFollower).length,
    linked_ZCA: 'ZCA mô phỏng',
  };
}

const packageQuery = z.looseObject({ quota_owner: z.literal('OA'), product_type: z.string(), quota_type: z.string() });

/** Quota left for one user, or of the package, depending on the body. [DOC][MULTI] */
function messageQuota(stage: Stage, call: IncomingCall): unknown {
  const json = readJsonBody(call);
  const { quota } = stage.world.settings;
  if (!('user_id' in json)) {
    const { product_type: product, quota_type: type } = parseFields(packageQuery, json);
    const remain = quota.packageTotal - stage.world.packageUsed;
    return [{ quota_owner: 'OA', product_type: product, quota_type: type, total: quota.packageTotal, remain }];
  }
  const { user_id: userId } = parseFields(byId, json);
  const user = requireUser(stage, { userId });
  const replies = repliesLeft(stage, user) ?? { remain: 0, total: quota.repliesPerWindow ?? 8 };
  return {
    last_interaction: user.lastInteractionAt === null ? '' : String(user.lastInteractionAt),
    cs_reply: replies,
    promotion: { remain: 1, total: 1 },
  };
}
