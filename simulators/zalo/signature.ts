import { createHash, createHmac } from 'node:crypto';

/** What goes into the signature of a webhook request. */
export interface SignedParts {
  readonly appId: string;
  readonly body: Uint8Array;
  /** Character for character as it stands in the body. */
  readonly timestamp: string;
  readonly oaSecretKey: string;
}

/** Plain SHA-256 over app id, raw body, timestamp and OA secret key; not an HMAC. [SDK][DOC][MULTI] */
export function webhookMac({ appId, body, timestamp, oaSecretKey }: SignedParts): string {
  return createHash('sha256').update(appId).update(body).update(timestamp).update(oaSecretKey).digest('hex');
}

/** Header `appsecret_proof`: HMAC-SHA256 of the access token, keyed with the app secret. [SDK] */
export function appSecretProof(accessToken: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(accessToken).digest('hex');
}

/** PKCE S256: base64url without padding of the SHA-256 of the verifier. [SDK][DOC] */
export function codeChallengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** SHA-256 of a phone number written `84…`, as `hashphone` wants it. [DOC] */
export function hashPhone(phone: string): string {
  return createHash('sha256').update(phone).digest('hex');
}
