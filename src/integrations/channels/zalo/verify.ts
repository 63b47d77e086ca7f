import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What the signature of an event is made of, beside its bytes. */
export interface SignatureParts {
  readonly appId: string;
  readonly oaSecretKey: string;
  /** The event's own `timestamp`, character for character. */
  readonly timestamp: string;
}

/** Plain SHA-256 over app id, raw bytes, timestamp and OA secret key: not an HMAC. */
export function eventMac(body: Uint8Array, { appId, timestamp, oaSecretKey }: SignatureParts): string {
  return createHash('sha256').update(appId).update(body).update(timestamp).update(oaSecretKey).digest('hex');
}

/** Whether `X-ZEvent-Signature` proves that Zalo sent these bytes. The prefix `mac=` may be missing. */
export function isSigned(body: Uint8Array, header: string | undefined, parts: SignatureParts): boolean {
  const given = (header ?? '')
    .trim()
    .replace(/^mac\s*=\s*/i, '')
    .toLowerCase();
  const expected = Buffer.from(eventMac(body, parts));
  const received = Buffer.from(given);
  return received.length === expected.length && timingSafeEqual(received, expected);
}

/** The header `appsecret_proof` of an API call. */
export function appSecretProof(accessToken: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(accessToken).digest('hex');
}
