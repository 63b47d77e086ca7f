import type { Stage } from '../stage.ts';
import type { IncomingCall } from './incoming-call.ts';
import { templateRefusal } from './refusal.ts';
import { sendTemplateToHash, sendTemplateToPhone } from './send-template.ts';
import type { Endpoint } from './serve-calls.ts';

const endpoint = (method: Endpoint['method'], path: string, run: Endpoint['run']): Endpoint => ({
  method,
  path,
  permission: 'template',
  errorNumbering: () => 'template',
  run,
});

/** Host role `business`: templates by phone. */
export const templateEndpoints: readonly Endpoint[] = [
  endpoint('POST', '/message/template', sendTemplateToPhone),
  endpoint('POST', '/message/template/hashphone', sendTemplateToHash),
  endpoint('GET', '/message/status', templateStatus),
  endpoint('GET', '/message/quota', templateQuota),
  endpoint('GET', '/template/all', allTemplates),
  endpoint('GET', '/template/info/v2', templateInfo),
];

/** Status -1 unknown, 0 sent but not on the phone, 1 on the phone. [DOC] */
function templateStatus({ world }: Stage, { query }: IncomingCall): unknown {
  const send = world.templateSends.get(query['message_id'] ?? '');
  if (send === undefined) {
    return { delivery_time: '', message: 'The message does not exist', status: -1 };
  }
  const isDelivered = send.deliveredAt !== undefined;
  return {
    delivery_time: isDelivered ? String(send.deliveredAt) : '',
    message: isDelivered ? 'The message has been delivered' : 'The message has not reached the phone yet',
    status: isDelivered ? 1 : 0,
  };
}

function templateQuota({ world }: Stage): unknown {
  const daily = world.settings.quota.templateDaily;
  return { dailyQuota: String(daily), remainingQuota: String(daily - world.templatesToday.used) };
}

function allTemplates({ world }: Stage): unknown {
  return [...world.templates.values()].map(({ id, name, status }) => ({
    templateId: Number(id),
    templateName: name,
    status,
    templateQuality: 'HIGH',
  }));
}

function templateInfo({ world }: Stage, { query }: IncomingCall): unknown {
  const template = world.templates.get(query['template_id'] ?? '');
  if (template === undefined) {
    throw templateRefusal(-109);
  }
  return {
    templateId: template.id,
    templateName: template.name,
    status: template.status,
    templateTag: ['TRANSACTION', 'CUSTOMER_CARE', 'PROMOTION'][template.tag - 1],
    templateQuality: 'HIGH',
    timeout: 7_200_000,
    price_sdt: '200',
    price_uid: template.canGoByUserId ? '165' : '',
    listParams: template.parameters.map(({ name, isRequired, maxLength, isNumber }) => ({
      name,
      require: isRequired,
      type: isNumber ? 'NUMBER' : 'STRING',
      maxLength,
      minLength: 0,
      acceptNull: false,
    })),
  };
}
