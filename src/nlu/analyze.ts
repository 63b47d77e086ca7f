import type { Reading } from './entities/extractor.ts';
import type { WordSequences } from './features.ts';
import { hashWord } from './hash.ts';
import type { RawWord, ReadWord } from './read-word.ts';
import type { Repair } from './repair.ts';
import type { Token } from './tokenize.ts';
import type { Entity, EntityType } from './understanding.ts';
import { classAt, LEFT_OUT, type WordClasses } from './word-classes.ts';

/** An utterance ready for the learner. */
export interface Analysis {
  readonly words: WordSequences;
  /** The repaired words, for people to read. */
  readonly repaired: readonly string[];
  /** The share of the words that were read as others. */
  readonly changed: number;
  /** Where in each view the part of a token begins; one further entry marks the end. */
  readonly starts: Readonly<Record<'words' | 'masked' | 'classes' | 'letters', readonly number[]>>;
}

/** Their digits say nothing about what is wanted. */
const OPAQUE: ReadonlySet<EntityType> = new Set(['customer_code', 'phone', 'email', 'otp']);
/** Too common beside other meanings to stand for their words. */
const UNMASKED: ReadonlySet<EntityType> = new Set(['person_name', 'number']);

/** A word with what the masked views show in its place. */
export interface MaskableWord extends RawWord {
  /** Which token it is. */
  readonly token: number;
  /** The entity the word begins or goes on; absent outside entities. */
  readonly entity?: EntityType;
  readonly isFirst?: boolean;
}

/** Lays the words of a reading out for repair, each with the entity it belongs to. */
export function toWords(reading: Reading, entities: readonly Entity[]): MaskableWord[] {
  const words: MaskableWord[] = [];
  const { tokens, text } = reading;
  let next = 0;
  for (let token = 0; token < tokens.length; token++) {
    const { lower, folded, isNumber, start } = tokens[token] as Token;
    const at = text.offsets[start] ?? 0;
    while (next < entities.length && (entities[next] as Entity).end <= at) next++;
    const entity = entities[next];
    if (entity !== undefined && entity.start <= at && !UNMASKED.has(entity.type)) {
      const isFirst = entity.start === at;
      if (isFirst || !OPAQUE.has(entity.type))
        words.push({ lower, folded, kind: 'entity', token, entity: entity.type, isFirst });
    } else {
      words.push({ lower, folded, kind: isNumber ? 'number' : 'word', token });
    }
  }
  return words;
}

/** Repairs the words of a reading and lays them out in the learner's views. */
export function analyze(reading: Reading, entities: readonly Entity[], repair: Repair, classes: WordClasses): Analysis {
  const raw = toWords(reading, entities);
  const read = repair(raw);
  const tokens = reading.tokens.length;
  const views: Views = {
    accented: [],
    folded: [],
    masked: [],
    letters: [],
    starts: { words: [], masked: [], classes: [], letters: [] },
  };
  const classable: ClassItem[] = [];
  const repaired: string[] = [];
  let begun = 0;
  let changes = 0;
  for (let i = 0; i < raw.length; i++) {
    const word = raw[i] as MaskableWord;
    for (; begun <= word.token; begun++) begin(views);
    const parts = read[i] as readonly ReadWord[];
    if (parts.length !== 1 || parts[0]?.folded !== word.folded) changes++;
    for (const part of parts) addWord(views, classable, repaired, word, part);
  }
  for (; begun <= tokens; begun++) begin(views);
  const { accented, folded, masked, letters, starts } = views;
  const sequence = toClasses(classable, classes, starts.classes, tokens);
  return {
    words: { accented, folded, masked, classes: sequence, letters },
    repaired,
    changed: changes / Math.max(1, raw.length),
    starts,
  };
}

/** The views of the tokens from `from` up to, not including, `to`. */
export function cutWords({ words, starts }: Analysis, from: number, to: number): WordSequences {
  const cut = (view: readonly number[], begins: readonly number[]): readonly number[] =>
    view.slice(begins[from], begins[to]);
  return {
    accented: cut(words.accented, starts.words),
    folded: cut(words.folded, starts.words),
    masked: cut(words.masked, starts.masked),
    classes: cut(words.classes, starts.classes),
    letters: cut(words.letters, starts.letters),
  };
}

interface Views {
  readonly accented: number[];
  readonly folded: number[];
  readonly masked: number[];
  readonly letters: number[];
  readonly starts: Readonly<Record<keyof Analysis['starts'], number[]>>;
}

/** Notes that what follows in the views belongs to the next token. */
function begin({ folded, masked, letters, starts }: Views): void {
  starts.words.push(folded.length);
  starts.masked.push(masked.length);
  starts.letters.push(letters.length);
}

/** A word, or a symbol (with its hash) that belongs to no class. */
interface ClassItem {
  readonly lower: string;
  readonly folded: string;
  readonly hash: number;
  readonly isSymbol: boolean;
  readonly token: number;
}

function addWord(views: Views, classable: ClassItem[], repaired: string[], raw: MaskableWord, part: ReadWord): void {
  const { entity, token } = raw;
  const symbol = entity === undefined ? (raw.kind === 'number' ? NUMBER : undefined) : symbolHash(entity);
  if (entity !== undefined && OPAQUE.has(entity)) {
    views.accented.push(symbol as number);
    views.folded.push(symbol as number);
    repaired.push(`<${entity}>`);
  } else {
    views.accented.push(part.hash);
    views.folded.push(part.foldedHash);
    for (const run of part.letters) views.letters.push(run);
    repaired.push(part.lower);
  }
  if (symbol === undefined) {
    views.masked.push(part.foldedHash);
    classable.push({ lower: part.lower, folded: part.folded, hash: part.foldedHash, isSymbol: false, token });
  } else if (raw.isFirst !== false) {
    views.masked.push(symbol);
    classable.push({ lower: '', folded: '', hash: symbol, isSymbol: true, token });
  }
}

/** The words with every class phrase replaced by its class and empty words left out; tells `starts` by token. */
function toClasses(items: readonly ClassItem[], classes: WordClasses, starts: number[], tokens: number): number[] {
  const sequence: number[] = [];
  let begun = 0;
  for (let i = 0; i < items.length; ) {
    const item = items[i] as ClassItem;
    for (; begun <= item.token; begun++) starts.push(sequence.length);
    const phrase = item.isSymbol ? undefined : classAt(classes, items, i);
    if (phrase === undefined) sequence.push(item.hash);
    else if (phrase.name !== LEFT_OUT) sequence.push(phrase.hash);
    i += phrase?.bare.length ?? 1;
  }
  for (; begun <= tokens; begun++) starts.push(sequence.length);
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
