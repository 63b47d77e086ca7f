import type { Reading } from './entities/extractor.ts';
import type { WordSequences } from './features.ts';
import { hashWord } from './hash.ts';
import type { RawWord, ReadWord } from './read-word.ts';
import type { Repair } from './repair.ts';
import type { Token } from './tokenize.ts';
import type { Entity, EntityType } from './understanding.ts';
import { type ClassableWord, classAt, LEFT_OUT } from './word-classes.ts';

/** An utterance ready for the learner. */
export interface Analysis {
  readonly words: WordSequences;
  /** The repaired words, for people to read. */
  readonly repaired: readonly string[];
  /** The share of the words that were read as others. */
  readonly changed: number;
  /** Where in each view the part of a token begins; one further entry marks the end. */
  readonly starts: Readonly<Record<'words' | 'masked' | 'classes', readonly number[]>>;
}

/** Their digits say nothing about what is wanted. */
const OPAQUE: ReadonlySet<EntityType> = new Set(['customer_code', 'unit_code', 'phone', 'email', 'otp']);
/** Too common beside other meanings to stand for their words. */
const UNMASKED: ReadonlySet<EntityType> = new Set(['person_name', 'number']);

/** A word with what the masked views show in its place. */
export interface MaskableWord extends RawWord {
  /** Which token it is. */
  readonly token: number;
  /** The entity the word begins or goes on; undefined outside entities. */
  readonly entity: EntityType | undefined;
  readonly isFirst: boolean;
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
      words.push({ lower, folded, kind: isNumber ? 'number' : 'word', token, entity: undefined, isFirst: true });
    }
  }
  return words;
}

/** Repairs the words of a reading and lays them out in the learner's views. */
export function analyze(reading: Reading, entities: readonly Entity[], repair: Repair): Analysis {
  const raw = toWords(reading, entities);
  const read = repair(raw);
  const tokens = reading.tokens.length;
  const views: Views = { accented: [], folded: [], masked: [], letters: [], repaired: [], items: [] };
  const starts = { words: [] as number[], masked: [] as number[], classes: [] as number[] };
  const begin = (): void => {
    starts.words.push(views.folded.length);
    starts.masked.push(views.masked.length);
  };
  let begun = 0;
  let changes = 0;
  for (let i = 0; i < raw.length; i++) {
    const word = raw[i] as MaskableWord;
    for (; begun <= word.token; begun++) begin();
    const parts = read[i] as readonly ReadWord[];
    if (parts.length !== 1 || parts[0]?.folded !== word.folded) changes++;
    for (const part of parts) addWord(views, word, part);
  }
  for (; begun <= tokens; begun++) begin();
  const { accented, folded, masked, letters, repaired, items } = views;
  const sequence = toClasses(items, masked, starts, tokens);
  return {
    words: { accented, folded, masked, classes: sequence, letters },
    repaired,
    changed: changes / Math.max(1, raw.length),
    starts,
  };
}

/** The views of the tokens from `from` up to, not including, `to`. */
export function cutWords({ words, starts }: Analysis, from: number, to: number): WordSequences {
  const [first, end] = [starts.words[from], starts.words[to]];
  return {
    accented: words.accented.slice(first, end),
    folded: words.folded.slice(first, end),
    masked: words.masked.slice(starts.masked[from], starts.masked[to]),
    classes: words.classes.slice(starts.classes[from], starts.classes[to]),
    letters: words.letters.slice(first, end),
  };
}

interface Views {
  readonly accented: number[];
  readonly folded: number[];
  readonly masked: number[];
  readonly letters: (readonly number[])[];
  readonly repaired: string[];
  /** The words of the masked view, to be looked up in classes; a symbol is no word. */
  readonly items: ClassableWord[];
}

const SYMBOL: ClassableWord = { hash: 0, foldedHash: 0, phrases: undefined };
const NO_LETTERS: readonly number[] = [];

function addWord(views: Views, raw: MaskableWord, part: ReadWord): void {
  const { entity } = raw;
  const symbol = entity === undefined ? (raw.kind === 'number' ? NUMBER : undefined) : symbolHash(entity);
  if (entity !== undefined && OPAQUE.has(entity)) {
    views.accented.push(symbol as number);
    views.folded.push(symbol as number);
    views.letters.push(NO_LETTERS);
    views.repaired.push(`<${entity}>`);
  } else {
    views.accented.push(part.hash);
    views.folded.push(part.foldedHash);
    views.letters.push(part.letters);
    views.repaired.push(part.lower);
  }
  if (symbol === undefined) {
    views.masked.push(part.foldedHash);
    views.items.push(part);
  } else if (raw.isFirst) {
    views.masked.push(symbol);
    views.items.push(SYMBOL);
  }
}

/** The masked words with every class phrase replaced by its class and empty words left out; notes where each token begins. */
function toClasses(
  items: readonly ClassableWord[],
  masked: readonly number[],
  starts: { readonly masked: readonly number[]; readonly classes: number[] },
  tokens: number,
): number[] {
  const sequence: number[] = [];
  let begun = 0;
  for (let i = 0; i < items.length; ) {
    for (; begun <= tokens && (starts.masked[begun] as number) <= i; begun++) starts.classes.push(sequence.length);
    const phrase = classAt(items, i);
    if (phrase === undefined) sequence.push(masked[i] as number);
    else if (phrase.name !== LEFT_OUT) sequence.push(phrase.hash);
    i += phrase?.bare.length ?? 1;
  }
  for (; begun <= tokens; begun++) starts.classes.push(sequence.length);
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
