import type { DrillPerson } from './drill-plan.ts';
import type { Phone } from './phones.ts';

/** A customer in front of his phone: he answers what he is asked, and no more. */
export interface LivePerson {
  readonly person: DrillPerson;
  readonly phone: Phone;
  /** When he wrote first, UTC ms of the simulation; `undefined`: not yet. */
  writtenAt(): number | undefined;
  write(now: number): void;
  /** His phone has shown something. */
  notice(): void;
  /** When he wrote "vẫn mất điện". */
  contradictedAt(): number | undefined;
}

const ASKS_DANGER = /có thấy dây điện đứt|có dây đứt, tia lửa, khói hay mùi khét không/;
const ASKS_WHERE = /(mã khách hàng, hoặc|nhắn) (giúp mình )?địa chỉ/;
const IS_BACK = /đã cấp điện trở lại cho .+ Chỗ anh\/chị đã có điện chưa/s;

export function bringToLife(person: DrillPerson, phone: Phone, now: () => number): LivePerson {
  let writtenAt: number | undefined;
  let contradictedAt: number | undefined;
  let read = 0;
  let hasAskedForHuman = false;

  function answer(shown: string): void {
    if (IS_BACK.test(shown)) {
      if (person.afterwards !== 'silent') {
        contradictedAt ??= person.afterwards === 'still_out' ? now() : undefined;
        phone.say(person.afterwards === 'back' ? 'Có điện rồi' : 'Vẫn mất điện');
      }
    } else if (person.kind === 'emergency') {
      // He has more to do than to write.
    } else if (ASKS_DANGER.test(shown)) {
      phone.say('không');
    } else if (ASKS_WHERE.test(shown)) {
      phone.say(person.where);
    } else if (person.asksForHuman && !hasAskedForHuman) {
      hasAskedForHuman = true;
      phone.say('cho tôi gặp nhân viên');
    }
  }

  return {
    ...{ person, phone },
    writtenAt: () => writtenAt,
    write(at) {
      writtenAt = at;
      phone.say(person.words);
    },
    notice() {
      const shown = phone.seen();
      const fresh = shown.slice(read);
      read = shown.length;
      if (fresh.length > 0) {
        answer(fresh.map(({ text }) => text).join('\n'));
      }
    },
    contradictedAt: () => contradictedAt,
  };
}

/** The area that a message of returned power names; `undefined`: it is another message. */
export function restoredArea(text: string): string | undefined {
  return IS_BACK.test(text) ? /đã cấp điện trở lại cho (.+?) lúc \d/.exec(text)?.[1] : undefined;
}
