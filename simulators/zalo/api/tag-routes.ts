import { z } from 'zod';
import type { Stage } from '../stage.ts';
import { type IncomingCall, readJsonBody } from './incoming-call.ts';
import { parseFields } from './parse-fields.ts';
import { requireUser } from './require-recipient.ts';
import type { Endpoint } from './serve-calls.ts';

const tagged = z.looseObject({ user_id: z.string().min(1), tag_name: z.string().min(1) });
const named = z.looseObject({ tag_name: z.string().min(1) });

/** Labels of users. [SDK][DOC] */
export const tagEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/v2.0/oa/tag/tagfollower', permission: 'tag', run: tagUser },
  { method: 'POST', path: '/v2.0/oa/tag/rmfollowerfromtag', permission: 'tag', run: untagUser },
  { method: 'POST', path: '/v2.0/oa/tag/rmtag', permission: 'tag', run: removeTag },
  { method: 'GET', path: '/v2.0/oa/tag/gettagsofoa', permission: 'tag', run: allTags },
];

function tagUser(stage: Stage, call: IncomingCall): unknown {
  const { user_id: userId, tag_name: name } = parseFields(tagged, readJsonBody(call));
  const user = requireUser(stage, { userId });
  if (!user.tags.includes(name)) {
    user.tags.push(name);
  }
  tell(stage, 'add_user_to_tag', name, [userId]);
  return undefined;
}

function untagUser(stage: Stage, call: IncomingCall): unknown {
  const { user_id: userId, tag_name: name } = parseFields(tagged, readJsonBody(call));
  const user = requireUser(stage, { userId });
  user.tags = user.tags.filter((tag) => tag !== name);
  tell(stage, 'remove_user_from_tag', name, [userId]);
  return undefined;
}

function removeTag(stage: Stage, call: IncomingCall): unknown {
  const { tag_name: name } = parseFields(named, readJsonBody(call));
  for (const user of stage.world.users.values()) {
    user.tags = user.tags.filter((tag) => tag !== name);
  }
  tell(stage, 'remove_tag', name, []);
  return undefined;
}

function allTags({ world }: Stage): unknown {
  return [...new Set([...world.users.values()].flatMap(({ tags }) => tags))];
}

function tell(stage: Stage, event: string, name: string, userIds: string[]): void {
  const oaId = stage.world.settings.oa.id;
  stage.clock.after(0, () =>
    stage.webhook.emit({
      name: event,
      subjectId: userIds[0] ?? oaId,
      fields: { oa_id: oaId, tag: { user_ids: userIds, name } },
    }),
  );
}
