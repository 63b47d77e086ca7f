import { appSecretProof } from '../signature.ts';
import type { Stage } from '../stage.ts';
import { stateOfAccessToken } from '../tokens.ts';
import type { IncomingCall } from './incoming-call.ts';
import { oaRefusal, type Refusal, templateRefusal } from './refusal.ts';

/** Checks 1 and 2 of the validation order: token, proof, state of the app, of the OA and of its permissions. */
export function refuseCaller(stage: Stage, call: IncomingCall): Refusal | undefined {
  return refuseToken(stage, call) ?? refuseProof(stage, call) ?? refuseStanding(stage, call);
}

/** The token counts only in the header `access_token`: neither `Authorization` nor the query. [SDK] */
function refuseToken(stage: Stage, call: IncomingCall): Refusal | undefined {
  const token = call.headers['access_token'];
  const isMisplaced = call.headers['authorization'] !== undefined || 'access_token' in call.query;
  const state = typeof token === 'string' && !isMisplaced ? stateOfAccessToken(stage, token) : 'unknown';
  if (state === 'valid') {
    return undefined;
  }
  if (call.errorNumbering === 'template') {
    return templateRefusal(-124);
  }
  return oaRefusal(state === 'dead' ? -220 : stage.world.settings.answers.authCodeStyle);
}

function refuseProof({ world }: Stage, call: IncomingCall): Refusal | undefined {
  const { proofRequired, secret } = world.settings.app;
  const proof = appSecretProof(String(call.headers['access_token']), secret);
  if (!proofRequired || call.headers['appsecret_proof'] === proof) {
    return undefined;
  }
  return call.errorNumbering === 'template' ? templateRefusal(-1241) : oaRefusal(-242);
}

function refuseStanding({ world }: Stage, { permission, errorNumbering }: IncomingCall): Refusal | undefined {
  const { app, oa } = world.settings;
  const isDenied = oa.deniedPermissions.includes(permission);
  if (errorNumbering === 'template') {
    return !app.isActive ? templateRefusal(-105) : isDenied ? templateRefusal(-117) : undefined;
  }
  if (!app.isActive) {
    return oaRefusal(-209);
  }
  if (!oa.isVerified) {
    return oaRefusal(-221);
  }
  if (!oa.hasApiPackage) {
    return oaRefusal(-224);
  }
  return isDenied ? oaRefusal(-223) : undefined;
}
