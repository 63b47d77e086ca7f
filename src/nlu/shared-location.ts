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

/** Latitude and longitude as maps copy them, alone or in the address of a map. */
const TYPED =
  /(?<![\d.])(?:vị trí|toạ độ|tọa độ|định vị)?:? ?(?<latitude>-?\d{1,2}\.\d{3,})\s*,\s*(?<longitude>-?\d{2,3}\.\d{3,})/iu;

/** The place that is typed as coordinates, with nothing beside them but a map's address. */
export function typedLocation(utterance: string): SharedLocation | undefined {
  const found = TYPED.exec(utterance);
  const rest = utterance.replace(found?.[0] ?? '', '').trim();
  const isAlone = rest === '' || (/^https?:\/\/\S+$/.test(rest) && /map|goo\.gl/.test(rest));
  const { latitude, longitude } = found?.groups ?? {};
  return isAlone && latitude !== undefined ? { latitude: Number(latitude), longitude: Number(longitude) } : undefined;
}

/** The link of a map that names no coordinates: only who opens it learns where it points. */
const MAP_LINK =
  /^(?:\S+ ){0,4}https?:\/\/(?:maps\.app\.goo\.gl|goo\.gl\/maps|(?:www\.)?google\.[a-z.]+\/maps|maps\.google\.[a-z.]+|maps\.apple\.com|zalo\.me\/location)\S*(?: \S+){0,4}$/iu;

export function isMapLink(utterance: string): boolean {
  return MAP_LINK.test(utterance.trim()) && typedLocation(utterance) === undefined;
}

/** Whether a message is a shared location and nothing else. */
export function isSharedLocation({ entities }: Understanding): boolean {
  return entities.some(({ type, value }) => type === 'place' && COORDINATES.test(value));
}
