import { withSettings } from '../settings.ts';
import { webhookMac } from '../signature.ts';
import type { Stage } from '../stage.ts';
import { revokeGrant } from '../tokens.ts';
import { eventsOfPreset } from '../webhook/event-names.ts';
import { postEvent } from '../webhook/post-event.ts';
import type { World } from '../world.ts';

export interface SavedWebhook {
  readonly isSaved: boolean;
  /** What the address answered to an unsigned `{}` and to a signed sample. */
  readonly probes: readonly (number | 'timeout' | 'connection_failed' | 'bad_url')[];
}

/** The console's "save" on the webhook page: the address is kept only if its probes get 200 in time. [MULTI] */
export async function saveWebhook(stage: Stage, url: string): Promise<SavedWebhook> {
  const { webhook } = stage.world.settings;
  if (!isAllowed(url, webhook.strictUrl)) {
    return { isSaved: false, probes: ['bad_url'] };
  }
  const json = { 'Content-Type': 'application/json' };
  const bare = await postEvent(url, '{}', json, webhook.answerTimeoutMs);
  const sample = sampleEvent(stage);
  const signed = await postEvent(
    url,
    sample.body,
    { ...json, 'X-ZEvent-Signature': sample.signature },
    webhook.answerTimeoutMs,
  );
  const probes = [bare.result, signed.result];
  const isSaved = probes.every((result) => result === 200);
  if (isSaved) {
    stage.world.webhook = { url, state: 'active' };
    stage.changed('');
  }
  return { isSaved, probes };
}

/** Somebody presses the button that takes the app back after an unsubscription. */
export function enableWebhook({ world, changed }: Stage): void {
  if (world.webhook.url !== null) {
    world.webhook.state = 'active';
    changed('');
  }
}

/** Sets a webhook without the probe, as if it had been saved long ago. */
export function assumeWebhook({ world }: Stage, url: string | null): void {
  world.webhook = url === null ? { url: null, state: 'none' } : { url, state: 'active' };
}

/** Turns event switches on or off; a preset sets all of them. */
export function switchEvents(stage: Stage, events: 'none' | 'chatbot' | 'all' | Readonly<Record<string, boolean>>) {
  const isOn = new Set(typeof events === 'string' ? eventsOfPreset(events) : stage.world.settings.webhook.events);
  for (const [name, on] of Object.entries(typeof events === 'string' ? {} : events)) {
    if (on) {
      isOn.add(name);
    } else {
      isOn.delete(name);
    }
  }
  stage.world.settings = withSettings(stage.world.settings, { webhook: { events: [...isOn] } });
  return [...isOn];
}

/** Stores the callback address; a change voids the grant if the settings say so. [ONE] */
export function saveCallback(stage: Stage, url: string | null): void {
  const { app, oauth } = stage.world.settings;
  if (app.callbackUrl !== url && app.callbackUrl !== null && oauth.changeVoidsGrant) {
    revokeGrant(stage);
  }
  stage.world.settings = withSettings(stage.world.settings, { app: { callbackUrl: url } });
}

/** The whole memory as plain JSON, secrets of the product's side left out. */
export function exportState(world: World): Record<string, unknown> {
  const { app, ...settings } = world.settings;
  return {
    settings: { ...settings, app: { ...app, secret: '…', oaSecretKey: '…' } },
    faults: world.faults,
    webhook: world.webhook,
    users: [...world.users.values()],
    chats: Object.fromEntries(world.chats),
    uploads: [...world.uploads.values()],
    templates: [...world.templates.values()],
    templateSends: [...world.templateSends.values()],
    tokens: { access: world.accessTokens.size, refresh: world.refreshTokens.size },
    calls: world.calls,
    deliveries: world.deliveries,
    unsent: Object.fromEntries(world.unsent),
    notices: world.notices,
  };
}

function isAllowed(url: string, isStrict: boolean): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    return false;
  }
  const isDomain = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(parsed.hostname);
  return !isStrict || (parsed.protocol === 'https:' && parsed.port === '' && isDomain);
}

function sampleEvent({ world, clock }: Stage): { body: string; signature: string } {
  const { app } = world.settings;
  const timestamp = String(clock.now());
  const body = JSON.stringify({
    app_id: app.id,
    event_name: 'user_send_text',
    timestamp,
    sender: { id: '246845883529197922' },
    // Sample data of the documentation, not of this OA: nothing of it may be ingested.
    recipient: { id: '388613280878808645' },
    message: { msg_id: '96d3cdf3af150460909', text: 'This is testing message' },
  });
  const mac = webhookMac({ appId: app.id, body: Buffer.from(body), timestamp, oaSecretKey: app.oaSecretKey });
  return { body, signature: `mac=${mac}` };
}
