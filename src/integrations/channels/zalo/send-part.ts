import { z } from 'zod';
import type { SendOutcome } from '../../../bot/channel-adapter.ts';
import type { ApiResult } from './api.ts';
import { classOf, type ErrorClass, outcomeOf } from './errors.ts';
import type { ZaloSettings } from './settings.ts';
import type { SendPart, ZaloStore } from './store.ts';

/** What the codes of an answer mean: each API has its own numbering. */
export interface CodeMeaning {
  classOf(code: number): ErrorClass;
  outcomeOf(code: number): SendOutcome;
}

/** Sends one part of a message by the call, unless Zalo has it already. */
export type SendPartNow = (
  row: SendPart,
  call: () => Promise<ApiResult>,
  meaning?: CodeMeaning,
) => Promise<SendOutcome>;

export interface SendPartDeps {
  readonly store: Pick<ZaloStore, 'sends'>;
  readonly settings: Pick<ZaloSettings, 'serverErrorMeans'>;
  readonly msToNextMinute: () => number;
  /** Called when a human must put something right with Zalo, or there is nothing left to send with. */
  readonly onTrouble: (kind: 'operator' | 'quota', code: number) => void;
}

const MINUTE_MS = 60_000;
/** Soon enough after a consent, and no burden while nobody gives it. */
const CONSENT_WAIT_MS = 5 * MINUTE_MS;

const id = z.string().min(1);
/** Templates by phone are answered under another name. */
const sentSchema = z.union([
  z.looseObject({ message_id: id }).transform((sent) => sent.message_id),
  z.looseObject({ msg_id: id }).transform((sent) => sent.msg_id),
]);

export function createSendPart(deps: SendPartDeps): SendPartNow {
  const { store, settings } = deps;
  const ofOaApi: CodeMeaning = {
    classOf,
    outcomeOf: (code) => outcomeOf(code, { msToNextMinute: deps.msToNextMinute() }),
  };

  function outcomeFor(result: ApiResult, meaning: CodeMeaning): SendOutcome {
    switch (result.kind) {
      case 'ok':
        return { result: 'unknown', reason: 'answer_without_id' };
      case 'unknown':
        return { result: 'unknown', reason: 'answer_lost' };
      case 'not_sent':
        return { result: 'retry', reason: 'zalo_unreachable' };
      case 'paused':
        return { result: 'wait', reason: 'paced', afterMs: result.afterMs };
      case 'server_error':
        return settings.serverErrorMeans === 'unknown'
          ? { result: 'unknown', reason: `http_${result.status}` }
          : { result: 'retry', reason: `http_${result.status}` };
      case 'no_token':
        return result.why === 'needs_consent'
          ? { result: 'wait', reason: 'needs_consent', afterMs: CONSENT_WAIT_MS }
          : { result: 'retry', reason: 'zalo_unreachable' };
      case 'error': {
        const kind = meaning.classOf(result.code);
        if (kind === 'operator' || kind === 'quota') {
          deps.onTrouble(kind, result.code);
        } else if (kind === 'token') {
          // A new token was refused as well.
          deps.onTrouble('operator', result.code);
        }
        return meaning.outcomeOf(result.code);
      }
    }
  }

  return async (row, call, meaning = ofOaApi) => {
    // A part that an earlier attempt has brought through, or whose echo has come, is not sent again.
    const known = await store.sends.begin(row);
    if (known !== undefined) {
      return { result: 'accepted', channelMessageId: known };
    }
    const result = await call();
    const sent = result.kind === 'ok' ? sentSchema.safeParse(result.data) : undefined;
    if (sent?.success) {
      await store.sends.accepted(row, sent.data);
      return { result: 'accepted', channelMessageId: sent.data };
    }
    const outcome = outcomeFor(result, meaning);
    if (outcome.result === 'unknown') {
      // Its echo may have been here before us.
      const echoed = await store.sends.begin(row);
      return echoed === undefined ? outcome : { result: 'accepted', channelMessageId: echoed };
    }
    // While it is open whether Zalo has it, the echo may still tell.
    const isSurelyNotSent = result.kind !== 'server_error';
    if (isSurelyNotSent) {
      await store.sends.notSent(row);
    }
    return outcome;
  };
}
