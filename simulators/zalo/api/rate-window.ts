import type { Stage } from '../stage.ts';
import { oaRefusal, type Refusal } from './refusal.ts';

/** Requests of the current clock minute, for the app and for the OA. */
export interface RateWindow {
  /** Counts one request, or refuses it with the wording of the limit that was hit. */
  take(stage: Stage): Refusal | undefined;
  /** `X-RateLimit-*`, present on every answer. */
  headers(stage: Stage): Record<string, string>;
}

/** Makes a fixed window per clock minute. [DOC] for the limit; [INFER] for the shape of the window. */
export function createRateWindow(): RateWindow {
  let minute = -1;
  let used = 0;

  function turnOver({ clock }: Stage): void {
    const now = Math.floor(clock.now() / 60_000);
    if (now !== minute) {
      minute = now;
      used = 0;
    }
  }

  const limits = ({ world }: Stage) => {
    const { appPerMinute, oaPerMinute } = world.settings.rate;
    return { app: appPerMinute, oa: oaPerMinute ?? Number.POSITIVE_INFINITY };
  };

  function burstRefuses({ world }: Stage): boolean {
    const left = world.faults.rateBurst;
    if (left > 0) {
      world.faults = { ...world.faults, rateBurst: left - 1 };
    }
    return left > 0;
  }

  return {
    take(stage) {
      turnOver(stage);
      const { app, oa } = limits(stage);
      if (burstRefuses(stage)) {
        return oaRefusal(-32, 'your application reached the maximum number of requests per minute');
      }
      if (used >= oa && oa <= app) {
        return oaRefusal(-32, 'the Offical Account reached the maximum number of requests per minute');
      }
      if (used >= app) {
        return oaRefusal(-32, 'your application reached the maximum number of requests per minute');
      }
      used += 1;
      return undefined;
    },
    headers(stage) {
      turnOver(stage);
      const { app, oa } = limits(stage);
      const limit = Math.min(app, oa);
      return { 'X-RateLimit-Limit': String(limit), 'X-RateLimit-Remain': String(Math.max(limit - used, 0)) };
    },
  };
}
