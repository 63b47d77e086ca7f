import { ERASED } from './redact-turn.ts';
import type { Turn } from './turn.ts';

/** The same turn without the texts, values and keys that mention somebody; all that others said stays. */
export function coverMentions(turn: Turn, mentions: (text: string) => boolean): Turn {
  const { messages, effects, note, state } = turn;
  return { ...turn, ...(cover({ messages, effects, note, state }, mentions) as Partial<Turn>) };
}

function cover(value: unknown, mentions: (text: string) => boolean): unknown {
  if (typeof value === 'string') {
    return mentions(value) ? ERASED : value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => cover(item, mentions));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => item !== undefined && !mentions(key))
      .map(([key, item]) => [key, cover(item, mentions)]),
  );
}
