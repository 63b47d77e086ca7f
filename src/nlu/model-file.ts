import type { Lexicon } from './lexicon.ts';
import type { FeatureWeights, NluModel } from './nlu-model.ts';

/** Raised whenever the layout changes. */
const FORMAT = 7;
const MAGIC = 'LNGM';

/** The learned part of a model; the lists it was learned with have files of their own. */
export type LearnedModel = Omit<NluModel, 'lists'>;

interface Header {
  readonly format: number;
  readonly dataHash: string;
  readonly learned: Omit<LearnedModel, 'weights' | 'lexicon'>;
  readonly words: readonly string[];
  readonly classes: number;
  readonly parts: readonly number[];
}

type ArrayBuffers = [ArrayBuffer, ArrayBuffer, ArrayBuffer, ArrayBuffer, ArrayBuffer, ArrayBuffer];

/** Packs a model and the hash of the data it was learned from into one file's bytes. */
export function encodeModel(model: LearnedModel, dataHash: string): Buffer {
  const { intents, temperature, certainty, rejectBelow, acceptAbove, weights, lexicon } = model;
  const parts = [weights.hashes, weights.bias, weights.rows, lexicon.counts, lexicon.pairs, lexicon.pairCounts].map(
    (part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
  );
  const header: Header = {
    format: FORMAT,
    dataHash,
    learned: { intents, temperature, certainty, rejectBelow, acceptAbove },
    words: lexicon.words,
    classes: weights.classes,
    parts: parts.map((part) => part.byteLength),
  };
  const json = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(8);
  head.write(MAGIC, 0, 'latin1');
  head.writeUInt32LE(json.length, 4);
  return Buffer.concat([head, json, ...parts]);
}

/** Unpacks a model file; undefined when it is damaged, of another format, or (with `dataHash`) of other data. */
export function decodeModel(bytes: Buffer, dataHash?: string): LearnedModel | undefined {
  const header = readHeader(bytes);
  if (header === undefined || header.format !== FORMAT) return undefined;
  if (dataHash !== undefined && header.dataHash !== dataHash) return undefined;
  let at = 8 + bytes.readUInt32LE(4);
  const total = header.parts.reduce((sum, length) => sum + length, at);
  if (total !== bytes.length) return undefined;
  const buffers = header.parts.map((length) => {
    const part = bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + length);
    at += length;
    return part;
  });
  const [hashes, bias, rows, counts, pairs, pairCounts] = buffers as ArrayBuffers;
  const weights: FeatureWeights = {
    classes: header.classes,
    hashes: new Int32Array(hashes),
    bias: new Float32Array(bias),
    rows: new Uint8Array(rows),
  };
  const lexicon: Lexicon = {
    words: header.words,
    counts: new Int32Array(counts),
    pairs: new Float64Array(pairs),
    pairCounts: new Int32Array(pairCounts),
  };
  return { ...header.learned, weights, lexicon };
}

function readHeader(bytes: Buffer): Header | undefined {
  if (bytes.length < 8 || bytes.toString('latin1', 0, 4) !== MAGIC) return undefined;
  const length = bytes.readUInt32LE(4);
  if (8 + length > bytes.length) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Header;
  } catch {
    return undefined;
  }
}
