import type { Entity } from '../understanding.ts';
import type { Extractor } from './extractor.ts';

const ADDRESS =
  /(?<![\p{L}\d._%+@-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}(?![\p{L}\d@])/gu;

/** Finds e-mail addresses. They are read as written: nobody's name is mended. */
export const findEmails: Extractor = ({ text: { lower, written, offsets } }) =>
  !lower.includes('@')
    ? []
    : [...lower.matchAll(ADDRESS)].map(({ 0: value, index }): Entity => {
        const start = offsets[index] ?? 0;
        const end = (offsets[index + value.length - 1] ?? 0) + 1;
        return { type: 'email', text: written.slice(start, end), value, start, end, confidence: 0.98 };
      });
