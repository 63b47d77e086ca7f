import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Stage } from '../stage.ts';
import type { ApiCall } from '../world.ts';
import { type CallPlan, planCall, waitSlowly } from './api-faults.ts';
import type { IncomingCall, Permission } from './incoming-call.ts';
import type { RateWindow } from './rate-window.ts';
import { Refusal } from './refusal.ts';
import { refuseCaller } from './refuse-caller.ts';

/** One endpoint: what it needs, and what it does once the caller has been let in. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly permission: Permission;
  readonly errorNumbering?: ((stage: Stage) => 'oa' | 'template') | undefined;
  /** Returns `data` of the answer; undefined leaves it out. Throws a Refusal. */
  readonly run: (stage: Stage, call: IncomingCall) => Promise<unknown> | unknown;
}

interface Service {
  readonly stageOf: () => Stage;
  readonly rate: RateWindow;
  readonly host: ApiCall['host'];
}

/** Registers endpoints that share validation order, faults, rate headers and the log of calls. */
export function serveCalls(app: FastifyInstance, service: Service, endpoints: readonly Endpoint[]): void {
  for (const endpoint of endpoints) {
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      exposeHeadRoute: false,
      handler: (request, reply) => serve(service, endpoint, request, reply),
    });
  }
}

async function serve(service: Service, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply) {
  const stage = service.stageOf();
  const answered = Promise.withResolvers<void>();
  reply.raw.once('finish', answered.resolve);
  reply.raw.once('close', answered.resolve);
  const call = incomingCall(stage, endpoint, request, answered.promise);
  const isJson = String(call.headers['content-type'] ?? 'application/json').startsWith('application/json');
  const plan = planCall(stage, `${call.path}${queryKey(call)}`, call.body, isJson);
  await waitSlowly(plan.slowMs);
  reply.headers(service.rate.headers(stage));

  if (plan.before !== undefined) {
    log(service, stage, call, plan, { error: 0, message: plan.before });
    return misbehave(reply, plan.before);
  }
  const answer = await carryOut(service, stage, endpoint, call);
  log(service, stage, call, plan, answer);
  if (plan.after !== undefined) {
    // Whoever hangs has carried the call out: echo and receipts do not wait for the caller to give up.
    answered.resolve();
    return misbehave(reply, plan.after);
  }
  const error = stage.world.settings.answers.errorNumber === 'string' ? String(answer.error) : answer.error;
  return reply.headers(service.rate.headers(stage)).send({ ...answer, error });
}

async function carryOut(service: Service, stage: Stage, endpoint: Endpoint, call: IncomingCall) {
  try {
    const refusal = refuseCaller(stage, call) ?? service.rate.take(stage);
    if (refusal !== undefined) {
      throw refusal;
    }
    const data = await endpoint.run(stage, call);
    return { error: 0, message: 'Success', ...(data !== undefined && { data }) };
  } catch (error) {
    if (error instanceof Refusal) {
      return { error: error.code, message: error.message };
    }
    throw error;
  }
}

function incomingCall(
  stage: Stage,
  endpoint: Endpoint,
  request: FastifyRequest,
  answered: Promise<void>,
): IncomingCall {
  return {
    method: endpoint.method,
    path: endpoint.path,
    headers: request.headers,
    query: request.query as Record<string, string>,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    permission: endpoint.permission,
    errorNumbering: endpoint.errorNumbering?.(stage) ?? 'oa',
    answered,
  };
}

/** Answers as a server in trouble does. */
export function misbehave(reply: FastifyReply, how: NonNullable<CallPlan['before'] | CallPlan['after']>) {
  if (how === 'http5xx' || how === 'htmlBody') {
    const html = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
    return reply
      .code(how === 'http5xx' ? 502 : 200)
      .type('text/html; charset=utf-8')
      .send(html);
  }
  reply.hijack();
  if (how !== 'hang') {
    reply.raw.socket?.destroy();
  }
  return reply;
}

function queryKey({ query }: IncomingCall): string {
  return query['data'] === undefined ? '' : `?${query['data']}`;
}

function log(
  service: Service,
  stage: Stage,
  call: IncomingCall,
  plan: CallPlan,
  { error, message }: { error: number; message: string },
): void {
  const { host } = service;
  const { method, path } = call;
  const request = requestForLog(call);
  stage.world.calls.push({ at: stage.clock.now(), host, method, path, request, error, message, faults: plan.names });
}

function requestForLog({ method, query, body, headers }: IncomingCall): unknown {
  const text = method === 'GET' ? (query['data'] ?? JSON.stringify(query)) : body.toString('utf8');
  if (String(headers['content-type'] ?? '').startsWith('multipart/')) {
    return { bytes: body.byteLength };
  }
  try {
    return JSON.parse(text);
  } catch {
    return { text: text.slice(0, 500) };
  }
}
