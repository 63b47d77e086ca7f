import type { SmsGateway } from '../../bot/ports.ts';

const TIMEOUT_MS = 10_000;

/** The gateway said no, or could not be reached; the effect is tried again. */
export class SmsError extends Error {
  override readonly name = 'SmsError';
  readonly code: 'sms_refused' | 'sms_unreachable';

  constructor(code: SmsError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Sends SMS through an HTTP gateway: POST `{key, to, text}` as JSON with a bearer token; any 2xx means taken.
 * `key` is the same for every try, so that the gateway can drop repeats.
 */
export function createHttpSms({ url, token }: { readonly url: string; readonly token?: string }): SmsGateway {
  return {
    async send(sms) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(sms),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch((cause: unknown) => {
        throw new SmsError('sms_unreachable', 'The SMS gateway cannot be reached: check SMS_URL.', { cause });
      });
      await answer.body?.cancel();
      if (!answer.ok) {
        throw new SmsError('sms_refused', `The SMS gateway answered ${answer.status}: check SMS_URL and SMS_TOKEN.`);
      }
    },
  };
}
