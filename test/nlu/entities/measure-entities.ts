import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { createEntityExtractor } from '../../../src/nlu/entities/extract-entities.ts';
import { DEFAULT_PLACES_FILE } from '../../../src/nlu/load-model.ts';
import { loadPlaces } from '../../../src/nlu/load-places.ts';
import { fold, prepare } from '../../../src/nlu/normalize.ts';
import { tokenize } from '../../../src/nlu/tokenize.ts';
import type { Entity } from '../../../src/nlu/understanding.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures', 'nlu');
/** The day the values of the gold file are counted from. */
const NOW = Date.parse('2026-11-22T08:00:00+07:00');

interface Gold {
  readonly text: string;
  readonly entities: readonly { readonly type: string; readonly text: string; readonly value: string | number }[];
}

/** How many entities of a type are in the gold file and how many of them were lost; how many were found and how many of them were made up. */
export interface Measure {
  gold: number;
  lost: number;
  found: number;
  extra: number;
  readonly misses: string[];
}

/** Measures the entity grammars against a gold file, with the utterances as written or without their marks. */
export function measureEntities(file: string, view: 'written' | 'stripped'): Map<string, Measure> {
  const extract = createEntityExtractor(loadPlaces(DEFAULT_PLACES_FILE));
  const { heldout } = load(readFileSync(join(FIXTURES, file), 'utf8')) as { heldout: readonly Gold[] };
  const types = new Set(heldout.flatMap(({ entities }) => entities.map(({ type }) => type)));
  const measures = new Map<string, Measure>(
    [...types].map((type) => [type, { gold: 0, lost: 0, found: 0, extra: 0, misses: [] }]),
  );
  for (const { text: written, entities: gold } of heldout) {
    const utterance = view === 'written' ? written : fold(written);
    const text = prepare(utterance);
    const found = extract({ text, tokens: tokenize(text), context: { now: NOW } });
    for (const [type, measure] of measures) {
      const meant = gold.filter((entity) => entity.type === type);
      const own = found.filter((entity) => entity.type === type);
      const lost = meant.filter((one) => !own.some((other) => isSame(type, one.value, other)));
      const extra = own.filter((one) => !meant.some((other) => isSame(type, other.value, one)));
      measure.gold += meant.length;
      measure.lost += lost.length;
      measure.found += own.length;
      measure.extra += extra.length;
      measure.misses.push(
        ...lost.map(({ value }) => `missed ${value}: ${utterance}`),
        ...extra.map(({ value, text: said }) => `made up ${value} of "${said}": ${utterance}`),
      );
    }
  }
  return measures;
}

/** The gold file has every name of "Gò Dầu, Tây Ninh" by itself; what is found joins them. */
function isSame(type: string, value: string | number, found: Entity): boolean {
  if (type !== 'place') return String(value) === found.value;
  const said = fold(found.text);
  const name = fold(String(value));
  return found.value.split(' / ').some((part) => fold(part) === name) || said === name || said.endsWith(` ${name}`);
}
