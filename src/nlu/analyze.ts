import type { Reading } from './entities/extractor.ts';
import type { WordSequences } from './features.ts';
import { hashWord } from './hash.ts';
import type { RawWord, Repair } from './repair.ts';
import type { Entity, EntityType } from './understanding.ts';
import { classAt, LEFT_OUT, type WordClasses } from './word-classes.ts';

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
const LONGEST_LITERAL = 3;

/** A word with what the masked views show in its place. */
export interface MaskableWord extends RawWord {
  /** The entity the word begins or goes on; absent outside entities. */
  readonly entity?: EntityType;
  readonly isFirst?: boolean;
}

/** Lays the words of a reading out for repair, each with the entity it belongs to. */
export function toWords(reading: Reading, entities: readonly Entity[]): MaskableWord[] {
  const words: MaskableWord[] = [];
  const { tokens, text } = reading;
  let next = 0;
  for (const { lower, folded, isNumber, start } of tokens) {
    const at = text.offsets[start] ?? 0;
    while (next < entities.length && (entities[next] as Entity).end <= at) next++;
    const entity = entities[next];
    if (entity !== undefined && entity.start <= at && !UNMASKED.has(entity.type)) {
      const isFirst = entity.start === at;
      if (isFirst || !OPAQUE.has(entity.type))
        words.push({ lower, folded, kind: 'entity', entity: entity.type, isFirst });
    } else {
      words.push({ lower, folded, kind: isNumber ? 'number' : 'word' });
    }
  }
  return words;
}

/** Repairs the words of a reading and lays them out in the learner's views. */
export function analyze(reading: Reading, entities: readonly Entity[], repair: Repair, classes: WordClasses): Analysis {
  const raw = toWords(reading, entities);
  const read = repair(raw);
  const views = { accented: [] as number[], folded: [] as number[], masked: [] as number[], spelled: [] as string[] };
  const classable: ClassItem[] = [];
  const repaired: string[] = [];
  raw.forEach((word, i) => {
    for (const part of read[i] ?? []) addWord(views, classable, repaired, word, part);
  });
  return { words: { ...views, classes: toClasses(classable, classes) }, repaired };
}

interface Views {
  readonly accented: number[];
  readonly folded: number[];
  readonly masked: number[];
  readonly spelled: string[];
}

/** A word, or a symbol (with its hash) that belongs to no class. */
interface ClassItem {
  readonly lower: string;
  readonly folded: string;
  readonly symbol?: number;
}

function addWord(views: Views, classable: ClassItem[], repaired: string[], raw: MaskableWord, part: RawWord): void {
  const symbol = raw.entity === undefined ? (raw.kind === 'number' ? NUMBER : undefined) : symbolHash(raw.entity);
  if (raw.entity !== undefined && OPAQUE.has(raw.entity)) {
    views.accented.push(symbol as number);
    views.folded.push(symbol as number);
    repaired.push(`<${raw.entity}>`);
  } else {
    const isLong = part.folded.length > LONGEST_LITERAL && /^\d/.test(part.folded);
    const hash = hashWord(isLong ? `#${part.folded.length}` : part.folded);
    views.accented.push(isLong || part.lower === part.folded ? hash : hashWord(part.lower));
    views.folded.push(hash);
    if (raw.kind === 'word') views.spelled.push(part.folded);
    repaired.push(part.lower);
  }
  if (symbol === undefined) {
    views.masked.push(hashWord(part.folded));
    classable.push(part);
  } else if (raw.isFirst !== false) {
    views.masked.push(symbol);
    classable.push({ lower: '', folded: '', symbol });
  }
}

/** The words with every class phrase replaced by its class and empty words left out. */
function toClasses(items: readonly ClassItem[], classes: WordClasses): number[] {
  const sequence: number[] = [];
  for (let i = 0; i < items.length; ) {
    const item = items[i] as ClassItem;
    const phrase = item.symbol === undefined ? classAt(classes, items, i) : undefined;
    if (phrase === undefined) sequence.push(item.symbol ?? hashWord(item.folded));
    else if (phrase.name !== LEFT_OUT) sequence.push(phrase.hash);
    i += phrase?.bare.length ?? 1;
  }
  return sequence;
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
