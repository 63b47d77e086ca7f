import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { codeChallengeOf } from '../signature.ts';
import type { Stage } from '../stage.ts';
import { isExpired, issueTokens } from '../tokens.ts';
import { countUp } from '../world.ts';
import { waitSlowly } from './api-faults.ts';
import { OAUTH_ERRORS } from './error-codes.ts';
import { misbehave } from './serve-calls.ts';

type OAuthCode = keyof typeof OAUTH_ERRORS;

/** Host role `oauth`: the permission page and the token endpoint. */
export function oauthRoutes(app: FastifyInstance, stageOf: () => Stage): void {
  app.get('/v4/oa/permission', (request, reply) => askConsent(stageOf(), request.query as Query, reply));
  app.post('/v4/oa/access_token', (request, reply) => token(stageOf(), request, reply));
}

type Query = Readonly<Record<string, string | undefined>>;

function askConsent(stage: Stage, query: Query, reply: FastifyReply) {
  const { world, clock, ids } = stage;
  const { app, oa, oauth } = world.settings;
  const { app_id: appId, redirect_uri: redirectUri, code_challenge: challenge, state } = query;
  const code = appId !== app.id || !app.isActive ? -14002 : redirectUri !== app.callbackUrl ? -14003 : undefined;
  if (code !== undefined || redirectUri === undefined) {
    return errorPage(reply, code ?? -14003);
  }
  const target = new URL(redirectUri);
  if (oauth.consent === 'refuse') {
    // [INFER] nothing is documented about a refusal: the admin comes back without a code.
    target.searchParams.set('error', 'access_denied');
  } else {
    const grant = ids.hex(64, 'code', countUp(world, 'codes'));
    const expiresAt = clock.now() + oauth.codeMinutes * 60_000;
    world.codes.set(grant, { challenge: challenge ?? null, expiresAt, isUsed: false });
    target.searchParams.set('code', grant);
    target.searchParams.set('oa_id', oa.id);
  }
  if (state !== undefined) {
    target.searchParams.set('state', state);
  }
  return reply.redirect(target.href, 302);
}

function errorPage(reply: FastifyReply, code: OAuthCode) {
  const { name, reason } = OAUTH_ERRORS[code];
  const page = `<!doctype html><html lang="vi"><meta charset="utf-8"><title>${name}</title><h1>${code}</h1><p>${reason}</p></html>`;
  return reply.type('text/html; charset=utf-8').send(page);
}

async function token(stage: Stage, request: FastifyRequest, reply: FastifyReply) {
  const isForm = String(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const form = new URLSearchParams(isForm && Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
  const kind = form.get('grant_type') === 'refresh_token' ? 'refresh_token' : 'authorization_code';
  await waitSlowly(typeof stage.world.faults.slowApiMs === 'number' ? stage.world.faults.slowApiMs : 0);

  const failure = refuseForm(stage, request, form) ?? refuseGrant(stage, form);
  const trouble = failure === undefined && kind === 'refresh_token' ? troubleOf(stage) : undefined;
  const answer = failure === undefined ? tokenAnswer(stage, form) : oauthError(stage, failure);
  stage.world.calls.push({
    at: stage.clock.now(),
    host: 'oauth',
    method: 'POST',
    path: '/v4/oa/access_token',
    request: { grant_type: form.get('grant_type') },
    error: failure ?? 0,
    message: failure === undefined ? 'Success' : OAUTH_ERRORS[failure].name,
    faults: trouble === undefined ? [] : [trouble],
  });
  if (trouble !== undefined) {
    return misbehave(reply, trouble === 'refreshHang' ? 'hang' : 'dropFirstAnswer');
  }
  return reply.send(answer);
}

/** The caller: form encoding, app id, secret. A wrong secret has no documented code; we tell it as a wrong app. */
function refuseForm({ world }: Stage, { headers }: FastifyRequest, form: URLSearchParams): OAuthCode | undefined {
  const { app } = world.settings;
  const isKnown = form.get('app_id') === app.id && headers['secret_key'] === app.secret && app.isActive;
  return isKnown ? undefined : -14002;
}

/** The grant itself: single use, not too old, and the verifier if a challenge was given. */
function refuseGrant({ world, clock }: Stage, form: URLSearchParams): OAuthCode | undefined {
  const { invalidCodeCode, usedRefreshTokenCode } = world.settings.oauth;
  if (form.get('grant_type') === 'refresh_token') {
    const refresh = world.refreshTokens.get(form.get('refresh_token') ?? '');
    const isGood = refresh !== undefined && !refresh.isUsed && !isExpired(refresh, clock.now());
    return isGood ? undefined : usedRefreshTokenCode;
  }
  const code = world.codes.get(form.get('code') ?? '');
  if (form.get('grant_type') !== 'authorization_code' || code === undefined) {
    return invalidCodeCode;
  }
  const isStale = code.isUsed || isExpired(code, clock.now());
  const verifier = form.get('code_verifier');
  const isProven = code.challenge === null || (verifier !== null && codeChallengeOf(verifier) === code.challenge);
  return isStale || !isProven ? invalidCodeCode : undefined;
}

function tokenAnswer(stage: Stage, form: URLSearchParams): unknown {
  const { oauth } = stage.world.settings;
  const code = stage.world.codes.get(form.get('code') ?? '');
  if (code !== undefined) {
    code.isUsed = true;
  }
  const pair = issueTokens(stage);
  const written = (seconds: number) => (oauth.expiresIn === 'string' ? String(seconds) : seconds);
  return {
    access_token: pair.accessToken,
    refresh_token: pair.refreshToken,
    expires_in: written(oauth.accessTokenSeconds),
    ...(oauth.showRefreshExpiry && { refresh_token_expires_in: written(oauth.refreshTokenDays * 86_400) }),
  };
}

/** The tokens have rotated, and the product will not hear of it. Each of the next so many calls. */
function troubleOf({ world }: Stage): 'refreshHang' | 'dropRefreshAnswer' | undefined {
  const fault = (['refreshHang', 'dropRefreshAnswer'] as const).find((name) => world.faults[name] > 0);
  if (fault !== undefined) {
    world.faults = { ...world.faults, [fault]: world.faults[fault] - 1 };
  }
  return fault;
}

/** HTTP 200, and not always with a number: who only looks at `error` takes it for success. [MULTI] */
function oauthError({ world }: Stage, code: OAuthCode): unknown {
  const { name, reason } = OAUTH_ERRORS[code];
  return {
    ...(world.settings.oauth.errorStyle === 'numeric' && { error: code }),
    error_name: name,
    error_reason: reason,
    error_description: reason,
    ref_doc: 'https://developers.zalo.me/docs/',
  };
}
