import type { FastifyRequest } from 'fastify';
import { ControlError } from './control-error.ts';

/** The JSON body of a control request; an empty one counts as `{}`. Other types are refused, so no form can post here. */
export function jsonOf({ body, headers }: FastifyRequest): unknown {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (bytes.length > 0 && !String(headers['content-type'] ?? '').startsWith('application/json')) {
    throw new ControlError('Send JSON with Content-Type: application/json.');
  }
  return bytes.length === 0 ? {} : JSON.parse(bytes.toString('utf8'));
}
