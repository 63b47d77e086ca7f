import { createInterface } from 'node:readline';
import { createUnderstand } from '../../src/nlu/understand.ts';
import type { Understanding } from '../../src/nlu/understanding.ts';
import type { Options } from '../nlu.ts';
import { openModel } from './open-model.ts';

/** Reads `{"id","text"}` lines from standard input and writes the meaning of each as one JSON line. */
export async function predict(options: Options): Promise<void> {
  const understand = createUnderstand(openModel(options));
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    const { id, text } = readLine(line, number);
    process.stdout.write(`${JSON.stringify(toLine(id, understand(text, { now: options.now })))}\n`);
  }
}

function readLine(line: string, number: number): { id: unknown; text: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  const { id, text } = (value ?? {}) as { id?: unknown; text?: unknown };
  if (typeof text !== 'string')
    throw new Error(`Line ${number} of the input is not of the form {"id":"1","text":"…"}.`);
  return { id: id ?? number, text };
}

function toLine(id: unknown, found: Understanding) {
  return {
    id,
    // The likeliest intent also where it is rejected: the decision says what to make of it.
    intent: found.alternatives[0]?.intent ?? found.intent,
    confidence: round(found.confidence),
    decision: found.decision,
    alternatives: found.alternatives.map(({ intent, confidence }) => ({ intent, confidence: round(confidence) })),
    emergency: found.emergency,
    entities: found.entities.map(({ type, text, value, start, end }) => ({ type, text, value, start, end })),
  };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
