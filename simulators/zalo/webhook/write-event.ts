import { webhookMac } from '../signature.ts';
import type { Stage } from '../stage.ts';
import type { OutgoingEvent } from './create-webhook.ts';
import type { EventKey, FaultPlan } from './plan-faults.ts';
import { PLAIN, spellingOf, writeJson } from './wire-json.ts';

export interface WrittenEvent {
  readonly body: string;
  readonly signature: string | null;
  readonly headers: Record<string, string>;
}

const HOUR_MS = 3_600_000;

/** Writes an event as bytes and signs exactly these bytes. */
export function writeEvent(
  stage: Stage,
  event: OutgoingEvent,
  plan: Pick<FaultPlan, 'ageHours' | 'hasNumericTimestamp'>,
  key: EventKey,
): WrittenEvent {
  const { app, webhook } = stage.world.settings;
  const timestamp = risingTimestamp(stage, event) - plan.ageHours * HOUR_MS;
  const { user_id_by_app: idByApp, ...fields } = event.fields;
  const value = {
    app_id: app.id,
    user_id_by_app: idByApp,
    event_name: event.name,
    timestamp: plan.hasNumericTimestamp ? timestamp : String(timestamp),
    ...fields,
  };
  const spelling = webhook.variesSpelling ? spellingOf(stage.draws.fraction('spelling', ...key)) : PLAIN;
  const body = writeJson(value, spelling);
  const mac = webhookMac({
    appId: app.id,
    body: Buffer.from(body),
    timestamp: String(timestamp),
    oaSecretKey: app.oaSecretKey,
  });
  const signature = `mac=${mac}`;
  const headers = {
    'Content-Type': 'application/json',
    'X-ZEvent-Signature': signature,
    ...(event.isTemplateChannel === true && { 'X-ZEvent-Server': 'ZNS' }),
  };
  return { body, signature, headers };
}

/** Two events of one user never share a millisecond, as two taps of a thumb do not. */
function risingTimestamp({ world, clock }: Stage, { subjectId, at }: OutgoingEvent): number {
  const name = `timestamp ${subjectId}`;
  const timestamp = Math.max(at ?? clock.now(), (world.counters.get(name) ?? 0) + 1);
  world.counters.set(name, timestamp);
  return timestamp;
}
