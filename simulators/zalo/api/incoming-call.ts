import type { IncomingHttpHeaders } from 'node:http';
import type { Settings } from '../settings.ts';
import { oaRefusal } from './refusal.ts';

export type Permission = Settings['oa']['deniedPermissions'][number];

/** One API call before anybody has looked into its body. */
export interface IncomingCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly permission: Permission;
  readonly errorNumbering: 'oa' | 'template';
  /** Done when the answer has left, or the connection is gone. */
  readonly answered: Promise<void>;
}

/** Reads a JSON object from the body; the content type must say so. */
export function readJsonBody({ headers, body }: IncomingCall): Record<string, unknown> {
  if (!String(headers['content-type'] ?? '').startsWith('application/json')) {
    throw oaRefusal(-201, 'Content-Type must be application/json');
  }
  return readObject(body.toString('utf8'), 'body');
}

/** Reads the query parameter `data` of GET calls: URL-encoded JSON. [SDK] */
export function readDataQuery({ query }: IncomingCall): Record<string, unknown> {
  return readObject(query['data'] ?? '', 'data');
}

function readObject(text: string, field: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // told below
  }
  throw oaRefusal(-201, field);
}
