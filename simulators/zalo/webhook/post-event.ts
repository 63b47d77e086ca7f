import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

const httpAgent = new HttpAgent({ keepAlive: true, timeout: 4000 });
const httpsAgent = new HttpsAgent({ keepAlive: true, timeout: 4000 });

export interface Posted {
  readonly result: number | 'timeout' | 'connection_failed';
  readonly tookMs: number;
}

/** Posts exact bytes and waits for the status, in real time. The body of the answer is ignored. [DOC] */
export function postEvent(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<Posted> {
  const startedAt = performance.now();
  const isTls = url.startsWith('https:');
  const bytes = Buffer.from(body);
  return new Promise((resolve) => {
    const done = (result: Posted['result']) => {
      clearTimeout(timer);
      resolve({ result, tookMs: Math.round(performance.now() - startedAt) });
    };
    const request = (isTls ? httpsRequest : httpRequest)(
      url,
      {
        method: 'POST',
        agent: isTls ? httpsAgent : httpAgent,
        headers: { ...headers, 'Content-Length': bytes.byteLength },
      },
      (response) => {
        response.resume();
        response.on('error', () => undefined);
        done(response.statusCode ?? 0);
      },
    );
    const timer = setTimeout(() => {
      done('timeout');
      request.destroy();
    }, timeoutMs);
    request.on('error', () => done('connection_failed'));
    request.end(bytes);
  });
}
