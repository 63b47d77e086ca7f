import { load } from 'js-yaml';
import type { CrisisMessage } from '../../src/bot/crisis/crisis-message.ts';
import type { ActionResult } from '../../src/dialogs/run-action.ts';
import { TRANSCRIPT_NOW } from './transcript-stage.ts';

/**
 * What somebody does in a transcript: the customer writes, taps a button, or sends a file (of the named kind) or a location;
 * an agent writes (`agent>`) or makes a move (`desk>`: takes over, gives back, passes on, closes); the service asks by
 * itself (`asks>`: a dialog and what it is given); time goes by (`waits`: so many minutes).
 */
export interface TranscriptLine {
  readonly kind: 'user' | 'tap' | 'sends' | 'agent' | 'desk' | 'asks' | 'waits';
  readonly text: string;
  /** What the words mean, written down by hand: `intent { entity_type: value }`. */
  readonly means: string;
}

/** A conversation as it is written in a `.chat` file. */
export interface Transcript {
  readonly title: string;
  /** Everything before the first line of the customer, as written. */
  readonly head: readonly string[];
  readonly verified: readonly string[];
  /** In force from the beginning, each for some hours. */
  readonly crises: readonly CrisisMessage[];
  /** Results of each action, in order; the last one stays. */
  readonly given: ReadonlyMap<string, readonly (ActionResult | 'failed')[]>;
  readonly lines: readonly TranscriptLine[];
}

const KINDS: Readonly<Record<string, TranscriptLine['kind']>> = {
  'user>': 'user',
  'tap>': 'tap',
  sends: 'sends',
  'agent>': 'agent',
  'desk>': 'desk',
  'asks>': 'asks',
  waits: 'waits',
};
const HOUR_MS = 3_600_000;
const GIVEN = /^given\s+(\w+)\s+=\s+(\w+)\s*(\{.*\})?\s*$/;

/** Reads a transcript; says file and line when it cannot. */
export function readTranscript(file: string, text: string): Transcript {
  const head: string[] = [];
  const verified: string[] = [];
  const crises: CrisisMessage[] = [];
  const given = new Map<string, (ActionResult | 'failed')[]>();
  const lines: TranscriptLine[] = [];
  text.split('\n').forEach((line, index) => {
    const [word = '', rest = ''] = [line.split(/\s/)[0], line.replace(/^\S+\s*/, '')];
    const kind = KINDS[word];
    if (kind !== undefined) {
      lines.push({ kind, text: rest, means: '' });
    } else if (word === 'means') {
      const last = lines.pop();
      if (last === undefined) {
        throw new Error(`${file}:${index + 1}: "means" stands after a line of the customer.`);
      }
      lines.push({ ...last, means: rest });
    } else if (lines.length === 0) {
      head.push(line);
      readHead(`${file}:${index + 1}`, line, { verified, given, crises });
    } else if (!/^(bot>|info>|does|ends|\s|$)/.test(line)) {
      throw new Error(`${file}:${index + 1}: cannot read "${line}".`);
    }
  });
  return {
    title: (head[0] ?? '').replace(/^#\s*/, ''),
    head,
    ...{ verified, given, crises, lines },
  };
}

interface HeadParts {
  readonly verified: string[];
  readonly given: Map<string, (ActionResult | 'failed')[]>;
  readonly crises: CrisisMessage[];
}

interface CrisisLine extends Pick<CrisisMessage, 'title' | 'text' | 'area'> {
  readonly intents?: readonly string[];
  readonly keywords?: readonly string[];
  readonly hours: number;
}

function readHead(place: string, line: string, { verified, given, crises }: HeadParts): void {
  const found = GIVEN.exec(line);
  if (found !== null) {
    const [, action = '', outcome = '', slots = '{}'] = found;
    given.set(action, [...(given.get(action) ?? []), resultOf(outcome, load(slots) as Record<string, unknown>)]);
  } else if (line.startsWith('crisis ')) {
    crises.push(crisisOf(crises.length + 1, load(line.slice('crisis '.length)) as CrisisLine));
  } else if (line.startsWith('verified ')) {
    verified.push(...line.split(/\s+/).slice(1));
  } else if (line !== '' && !line.startsWith('#')) {
    throw new Error(`${place}: cannot read "${line}".`);
  }
}

/** `says` is what the action itself tells (a card); `choices` the buttons under it; all others are slots. */
function resultOf(outcome: string, fields: Record<string, unknown>): ActionResult | 'failed' {
  if (outcome === 'failed') {
    return 'failed';
  }
  const { says, choices = [], ...slots } = fields;
  const buttons = (choices as string[]).map((value) => ({ label: value, value }));
  return {
    outcome,
    slots: Object.fromEntries(Object.entries(slots).map(([slot, value]) => [slot, String(value)])),
    ...(says === undefined ? {} : { replies: [{ kind: 'choices', text: String(says), choices: buttons }] }),
  };
}

/** Published an hour before the transcript begins. */
function crisisOf(number: number, { hours, intents = [], keywords = [], ...words }: CrisisLine): CrisisMessage {
  return {
    ...{ id: `TK261122-000${number}`, version: 1, state: 'published', isDanger: false, ...words },
    questions: { intents, keywords },
    updatedAt: TRANSCRIPT_NOW - HOUR_MS,
    expiresAt: TRANSCRIPT_NOW + hours * HOUR_MS,
    changedBy: { id: 'dung', name: 'Anh Dũng' },
  };
}
