import { NO_INTENT, type Understanding } from './understanding.ts';

export interface SharedLocation {
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
  /** What the sender's map calls it. */
  readonly name?: string | undefined;
}

const DECIMALS = 5;
const COORDINATES = /^tọa độ -?\d+\.\d+, -?\d+\.\d+/;

/** A place that was shared instead of written: coordinates to about a metre, and the name of the map where there is one. */
export function understandLocation({ latitude, longitude, name }: SharedLocation): Understanding {
  const coordinates = `tọa độ ${latitude.toFixed(DECIMALS)}, ${longitude.toFixed(DECIMALS)}`;
  const text = name === undefined ? coordinates : `${coordinates} (${name.replaceAll('/', ' ')})`;
  return {
    utterance: text,
    normalized: text,
    intent: NO_INTENT,
    confidence: 0,
    decision: 'reject',
    alternatives: [],
    entities: [{ type: 'place', text, value: text, start: 0, end: text.length, confidence: 1 }],
    emergency: false,
  };
}

/** Whether a message is a shared location and nothing else. */
export function isSharedLocation({ entities }: Understanding): boolean {
  return entities.some(({ type, value }) => type === 'place' && COORDINATES.test(value));
}
