import type { Reading } from './entities/extractor.ts';
import type { WordSequences } from './features.ts';
import { hashWord } from './hash.ts';
import { fold } from './normalize.ts';
import type { SpellingTable } from './spellings.ts';
import type { Entity, EntityType } from './understanding.ts';

/** An utterance ready for the learner. */
export interface Analysis {
  readonly words: WordSequences;
  /** The repaired words, for people to read. */
  readonly repaired: readonly string[];
}

/** Their digits say nothing about what is wanted. */
const OPAQUE: ReadonlySet<EntityType> = new Set(['customer_code', 'phone', 'otp']);
/** Too common beside other meanings to stand for their words. */
const UNMASKED: ReadonlySet<EntityType> = new Set(['person_name', 'number']);

/** Repairs the words of a reading and lays them out in the learner's three views. */
export function analyze(reading: Reading, entities: readonly Entity[], spellings: SpellingTable): Analysis {
  const accented: number[] = [];
  const folded: number[] = [];
  const masked: number[] = [];
  const repaired: string[] = [];
  const { tokens, text } = reading;
  let next = 0;
  for (const token of tokens) {
    const start = text.offsets[token.start] ?? 0;
    while (next < entities.length && (entities[next] as Entity).end <= start) next++;
    const entity = entities[next];
    const isInside = entity !== undefined && entity.start <= start && !UNMASKED.has(entity.type);
    const isFirst = isInside && entity.start === start;
    if (isInside && isFirst) masked.push(symbolHash(entity.type));
    if (isInside && OPAQUE.has(entity.type)) {
      if (isFirst) {
        accented.push(symbolHash(entity.type));
        folded.push(symbolHash(entity.type));
        repaired.push(`<${entity.type}>`);
      }
      continue;
    }
    if (token.isNumber) {
      const shape = token.folded.length <= 3 ? token.folded : `#${token.folded.length}`;
      const hash = hashWord(shape);
      accented.push(hash);
      folded.push(hash);
      if (!isInside) masked.push(NUMBER);
      repaired.push(token.folded);
      continue;
    }
    const spelling = spellings.get(token.lower);
    const reading1 =
      spelling !== undefined && spelling.readings.length === 1 && !spelling.keepsItself
        ? spelling.readings[0]
        : undefined;
    for (const word of reading1 ?? [token.lower]) {
      const bare = reading1 === undefined ? token.folded : fold(word);
      accented.push(hashWord(word));
      folded.push(hashWord(bare));
      if (!isInside) masked.push(hashWord(bare));
      repaired.push(word);
    }
  }
  return { words: { accented, folded, masked }, repaired };
}

const NUMBER = hashWord('<n>');
const SYMBOLS = new Map<string, number>();

function symbolHash(type: EntityType): number {
  let hash = SYMBOLS.get(type);
  if (hash === undefined) {
    hash = hashWord(`<${type}>`);
    SYMBOLS.set(type, hash);
  }
  return hash;
}
