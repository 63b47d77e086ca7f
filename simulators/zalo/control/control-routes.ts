import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { STICKERS } from '../drawings.ts';
import type { FaultsInput } from '../faults.ts';
import type { SettingsPatch } from '../settings.ts';
import type { Watchers } from '../watchers.ts';
import { ControlError } from './control-error.ts';
import type { Control } from './create-control.ts';
import { jsonOf } from './json-of.ts';
import { loopbackOnly } from './loopback-only.ts';
import { userRoutes } from './user-control-routes.ts';

/** `/__sim/*`: the controls over HTTP, for this machine only. */
export function controlRoutes(app: FastifyInstance, control: Control, watchers: Watchers): void {
  app.addHook('onRequest', loopbackOnly);
  // Also for calls that read no body: no form of another site may post here.
  app.addHook('preHandler', async (request) => {
    jsonOf(request);
  });
  app.setErrorHandler((error: Error, _request, reply) => {
    const isOurs = error instanceof ControlError || error instanceof z.ZodError || error instanceof SyntaxError;
    return reply.code(isOurs ? 400 : 500).send({ error: error.message });
  });
  userRoutes(app, control);
  oaRoutes(app, control);
  consoleRoutes(app, control);
  simulatorRoutes(app, control, watchers);
}

const replySchema = z.object({ userId: z.string(), text: z.string().min(1), adminId: z.string().optional() });
const emitSchema = z.object({
  event_name: z.string(),
  fields: z.record(z.string(), z.unknown()).default({}),
  subjectId: z.string().optional(),
});

function oaRoutes(app: FastifyInstance, control: Control): void {
  app.post('/oa/admin-reply', (request) => {
    const { userId, text, adminId } = replySchema.parse(jsonOf(request));
    return control.adminReply(userId, text, adminId);
  });
  app.post('/oa/auto-reply', (request) => {
    const { userId, text } = replySchema.parse(jsonOf(request));
    return control.autoReply(userId, text);
  });
  app.post('/emit', async (request) => {
    const { event_name: name, fields, subjectId } = emitSchema.parse(jsonOf(request));
    await control.emit(name, fields, subjectId);
    return { ok: true };
  });
}

const urlSchema = z.object({ url: z.string().nullable() });
const switchSchema = z.union([
  z.object({ preset: z.enum(['none', 'chatbot', 'all']) }),
  z.object({ events: z.record(z.string(), z.boolean()) }),
]);

function consoleRoutes(app: FastifyInstance, control: Control): void {
  app.post('/console/save-webhook', (request) => control.saveWebhook(urlSchema.parse(jsonOf(request)).url ?? ''));
  app.post('/console/enable-webhook', async () => {
    control.enableWebhook();
    return { ok: true };
  });
  app.post('/console/save-callback', async (request) => {
    control.saveCallback(urlSchema.parse(jsonOf(request)).url);
    return { ok: true };
  });
  app.post('/console/events', async (request) => {
    const wanted = switchSchema.parse(jsonOf(request));
    return { events: control.switchEvents('preset' in wanted ? wanted.preset : wanted.events) };
  });
  app.post('/tokens/issue', async () => control.issueTokens());
  app.post('/tokens/expire', async () => {
    control.expireTokens();
    return { ok: true };
  });
  app.post('/tokens/revoke', async () => {
    control.revokeTokens();
    return { ok: true };
  });
}

const deliveriesQuery = z.object({
  user: z.string().optional(),
  last: z.coerce.number().int().min(1).default(100_000),
});
const advanceSchema = z.object({ ms: z.number().min(0) });

function simulatorRoutes(app: FastifyInstance, control: Control, watchers: Watchers): void {
  app.post('/clock/advance', async (request) => {
    await control.advance(advanceSchema.parse(jsonOf(request)).ms);
    return { ok: true };
  });
  app.post('/settle', async () => {
    await control.settle();
    return { ok: true };
  });
  app.post('/settings', async (request) => {
    control.set(jsonOf(request) as SettingsPatch);
    return { ok: true };
  });
  app.post('/faults', async (request) => {
    control.setFaults(jsonOf(request) as FaultsInput);
    return { ok: true };
  });
  app.post('/reset', async () => {
    control.reset();
    return { ok: true };
  });
  app.get('/calls', async () => control.world().calls);
  app.get('/deliveries', async (request) => {
    const { user, last } = deliveriesQuery.parse(request.query);
    const { deliveries } = control.world();
    return deliveries.filter(({ subjectId }) => user === undefined || subjectId === user).slice(-last);
  });
  app.get('/notices', async () => control.world().notices);
  app.get('/state', async () => control.exportState());
  app.get('/oa', async () => {
    const { settings, webhook } = control.world();
    return { id: settings.oa.id, name: settings.oa.name, webhook: webhook.state };
  });
  app.get('/stickers', async () => Object.entries(STICKERS).map(([id, { label }]) => ({ id, label })));
  app.get('/stream', (_request, reply) => {
    reply.hijack();
    watchers.watch(reply.raw);
  });
}
