import type { SmsGateway } from '../../bot/ports.ts';
import { faultCode, NEVER_CONNECTED, NEVER_TRUSTED } from '../connection-fault.ts';
import { textAt } from './json-path.ts';
import { fitSms } from './segments.ts';
import type { SmsSettings } from './settings.ts';
import { SmsError } from './sms-error.ts';

const BEFORE_SENDING = [...NEVER_CONNECTED, ...NEVER_TRUSTED];
const TOO_MANY = 429;
const SERVER_ERROR = 500;

/**
 * Sends SMS through any gateway that takes JSON over HTTP: the form of the body, what success looks like and where the
 * id stands are settings. `key` is the same for every try, so that the gateway can drop repeats.
 */
export function createHttpSms(settings: SmsSettings): SmsGateway {
  return {
    async send({ key, to, text }) {
      const fitted = fitSms(text, settings);
      const filled = { key, to, text: fitted.text, sender: settings.sender, unicode: isUnicode(fitted.encoding) };
      const answer = await post(settings, fill(settings.body, filled));
      const id = textAt(answer, settings.idPath);
      return id === undefined ? {} : { id };
    },
  };
}

/** The answer's JSON, when all is well. */
async function post({ url, token, headers, success, timeoutMs }: SmsSettings, body: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    throw BEFORE_SENDING.includes(faultCode(cause))
      ? new SmsError('sms_unreachable', 'The SMS gateway cannot be reached: check SMS_URL.', { cause })
      : new SmsError('sms_unknown', 'The SMS gateway did not answer: the SMS may have gone out.', { cause });
  });
  const text = await answer.text().catch((cause: unknown) => {
    throw new SmsError('sms_unknown', 'The answer of the SMS gateway broke off: the SMS may have gone out.', { cause });
  });
  if (answer.status === TOO_MANY || answer.status >= SERVER_ERROR) {
    throw new SmsError('sms_busy', `The SMS gateway answered ${answer.status}: it is tried again.`);
  }
  if (!answer.ok) {
    throw new SmsError('sms_refused', `The SMS gateway answered ${answer.status}: check SMS_URL and SMS_TOKEN.`);
  }
  const json = parsed(text);
  const code = success === undefined ? undefined : textAt(json, success.path);
  if (success !== undefined && code !== success.value) {
    throw new SmsError(
      'sms_refused',
      `The SMS gateway said ${code ?? 'nothing'} at "${success.path}": see its manual.`,
    );
  }
  return json;
}

function fill(template: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof template === 'string') {
    // One pass: a text that holds "{key}" itself stays as it is.
    return template.replaceAll(/\{(key|to|text|sender|unicode)\}/g, (_, name: string) => values[name] ?? '');
  }
  if (Array.isArray(template)) {
    return template.map((each) => fill(each, values));
  }
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(Object.entries(template).map(([name, each]) => [name, fill(each, values)]));
  }
  return template;
}

function isUnicode(encoding: 'gsm7' | 'ucs2'): string {
  return encoding === 'ucs2' ? '1' : '0';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
