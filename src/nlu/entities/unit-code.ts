import type { Entity } from '../understanding.ts';
import { type Extractor, entityOver } from './extractor.ts';

/** "PB0606", "pb 06.06", "PKO2OO" and, for a whole company, "PB06": the beginning of a customer code, alone. */
const UNIT = /(?<![a-z\d])(p[bk])[ .-]?([\do]{2})[ .-]?([\do]{2})(?![a-z\d]|[ .-]\d)/g;
const COMPANY = /(?<![a-z\d])(pb)(\d{2})()(?![a-z\d]|[ .-]\d)/g;
/** Codes of others are written in one go: "HN 2026" is no code. */
const FOREIGN = /(?<![a-z\d])(p[acdehmnpqt]|hn)(\d{2})([a-z\d]{2})(?![a-z\d]|[ .-]\d)/g;

/** Finds codes of the units that customers belong to, as the schedule of outages is published by them. */
export const findUnitCodes: Extractor = (reading) => {
  const { text, tokens } = reading;
  const found: Entity[] = [];
  for (const form of [UNIT, COMPANY, FOREIGN]) {
    for (const match of text.folded.matchAll(form)) {
      const [whole, prefix = '', first = '', second = ''] = match;
      const from = tokens.findIndex(({ start }) => start === match.index);
      const to = tokens.findIndex(({ end }) => end === match.index + whole.length);
      if (from >= 0 && to >= from) {
        const digits = form === FOREIGN ? first + second : (first + second).replaceAll('o', '0');
        found.push(entityOver(reading, 'unit_code', from, to, (prefix + digits).toUpperCase(), 0.9));
      }
    }
  }
  return found;
};
