import { load } from 'js-yaml';
import type { Attachment } from '../../src/bot/message.ts';
import type { DialogState, ExitTaken } from '../../src/dialogs/dialog.ts';
import type { DialogEngine } from '../../src/dialogs/dialog-engine.ts';
import { hasFigure } from '../../src/dialogs/has-figure.ts';
import type { Identity } from '../../src/dialogs/identity.ts';
import { visibleChoices } from '../../src/dialogs/match-choice.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import type { ActionResult, RunAction } from '../../src/dialogs/run-action.ts';
import type { Entity, EntityType, Understand, Understanding } from '../../src/nlu/understanding.ts';
import type { Transcript, TranscriptLine } from './read-transcript.ts';
import {
  type AgentWish,
  createDeskStage,
  createEngineStage,
  type Step,
  TRANSCRIPT_NOW,
  type TranscriptStage,
} from './transcript-stage.ts';
import { understandingOf } from './understanding-of.ts';

export interface PlayOptions {
  readonly engine: DialogEngine;
  /** The real understanding; left out, the `means` lines say what the words mean. */
  readonly understand?: Understand;
  /** What the `means` lines leave in doubt is in doubt, whatever the real understanding makes of it. */
  readonly keepsDoubt?: boolean;
  /** Changes what the customer writes, for example takes the marks off. */
  readonly write?: (text: string) => string;
}

export interface Played {
  /** The whole transcript as text, as it would stand in its file. */
  readonly text: string;
  readonly path: readonly ExitTaken[];
  readonly states: readonly DialogState[];
  readonly replies: readonly Reply[];
  /** What each turn said, and where its figures come from. */
  readonly turns: readonly Step[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What an agent can do in a transcript, by its words. */
const ACTS: Readonly<Record<string, AgentWish>> = {
  'takes over': { act: 'claim' },
  'gives back': { act: 'release' },
  'passes on': { act: 'requeue', note: 'Cần người rành hơn' },
  closes: { act: 'close', wrapUp: 'solved' },
};

/** Plays a transcript and writes down the whole conversation. */
export async function playTranscript(transcript: Transcript, options: PlayOptions): Promise<Played> {
  const out = [...transcript.head];
  const path: ExitTaken[] = [];
  const states: DialogState[] = [];
  const replies: Reply[] = [];
  const turns: Step[] = [];
  const used = new Map<string, number>();
  const { crises } = transcript;
  const verified = Object.fromEntries(transcript.verified.map((code) => [code, verifiedAt(TRANSCRIPT_NOW)]));
  const hasDesk =
    crises.length > 0 || transcript.lines.some(({ kind }) => kind === 'agent' || kind === 'desk' || kind === 'sends');
  const stage = hasDesk
    ? createDeskStage(options.engine, verified, { crises })
    : createEngineStage(options.engine, verified);
  let ending = 'end';
  for (const line of transcript.lines) {
    if (line.kind === 'waits') {
      stage.wait(Number.parseInt(line.text, 10) * MINUTE);
      out.push(`waits ${line.text}`);
      continue;
    }
    const does: string[] = [];
    const step = await playLine(stage, line, options, recorder(transcript, { used, does, now: stage.now }));
    path.push(...step.path);
    turns.push(step);
    states.push(stage.dialogs());
    replies.push(...step.replies.map(({ reply }) => reply));
    // The agent's own words stand in the transcript already.
    out.push(
      ...written(line),
      ...does,
      ...step.replies.flatMap((each) => (each.author === 'agent' ? [] : replyLines(each))),
    );
    ending = step.ending ?? endingOf(stage.dialogs());
  }
  out.push(`ends  ${ending}`, '');
  return { text: out.join('\n'), path, states, replies, turns };
}

function playLine(stage: TranscriptStage, line: TranscriptLine, options: PlayOptions, run: RunAction): Promise<Step> {
  const { kind } = line;
  const { engine, write = (text) => text } = options;
  if (kind === 'agent') {
    return stage.act({ act: 'say', text: line.text }, run);
  }
  if (kind === 'desk') {
    const wish = ACTS[line.text];
    return wish === undefined ? Promise.reject(new Error(`No agent "${line.text}".`)) : stage.act(wish, run);
  }
  if (kind === 'asks') {
    const [, dialog = '', given = '{}'] = /^([\w-]+)\s*(\{.*\})?$/.exec(line.text) ?? [];
    const source = { record: 'given', id: dialog, version: '1', asOf: '2026-11-22' };
    return stage.ask(engine.question(dialog, load(given) as Record<string, string>), [source]);
  }
  if (kind === 'sends') {
    const attachments = [line.text === 'location' ? LOCATION : fileOf(line.text as Attachment['kind'])];
    return stage.hear({ understanding: understandingOf(''), content: { attachments } }, run);
  }
  const text = kind === 'user' ? write(line.text) : line.text;
  const understanding = understand({ state: stage.dialogs(), now: stage.now() }, line, text, options);
  const choice = kind === 'tap' ? tappedValue(stage.dialogs(), text) : undefined;
  return stage.hear({ understanding, content: { text, ...(choice !== undefined && { choice }) } }, run);
}

const LOCATION: Attachment = { kind: 'location', latitude: 10.6404, longitude: 106.4877, name: 'Chợ Bến Lức' };

function fileOf(kind: Attachment['kind']): Attachment {
  return { kind, url: 'https://example.test/file' };
}

function written(line: TranscriptLine): string[] {
  const word = line.kind === 'sends' ? 'sends' : `${line.kind}>`;
  const said = `${word.padEnd(5)} ${line.text}`;
  return line.means === '' ? [said] : [said, `means ${line.means}`];
}

function endingOf(state: DialogState): string {
  const frame = state.stack.at(-1);
  return frame === undefined ? 'end' : `open at ${frame.dialog}/${frame.node}`;
}

/** Both requests of a message must be heard; which of them is the surer one changes with the training data. */
function inWrittenOrder(heard: Understanding, means: string): Understanding {
  const [, intent = '', secondIntent = ''] = /^(\w+) \+ (\w+)/.exec(means) ?? [];
  const isTurned = heard.intent === secondIntent && heard.alternatives.some((each) => each.intent === intent);
  return isTurned ? { ...heard, intent, secondIntent } : heard;
}

function understand(
  { state, now }: { readonly state: DialogState; readonly now: number },
  line: TranscriptLine,
  text: string,
  { engine, understand: real, keepsDoubt = false }: PlayOptions,
): Understanding {
  if (real !== undefined && !(keepsDoubt && line.means.includes('?'))) {
    return inWrittenOrder(real(text, { now: TRANSCRIPT_NOW, expects: engine.expects(state, now) }), line.means);
  }
  const [, names = '', fields = '{}'] = /^([\w +?-]*)(\{.*\})?$/.exec(line.means) ?? [];
  const intents = names
    .trim()
    .split(/\s*[+?]\s*/)
    .filter(Boolean);
  const [intent, second] = intents;
  const entities = Object.entries(load(fields) as Record<string, unknown>);
  if (names.startsWith('- ')) {
    // "- intent": rejected, though this intent is the best guess.
    const alternatives = [{ intent: names.slice(2).trim(), confidence: 0.9 }];
    return understandingOf(text, { entities: entities.map(entityIn(text)), alternatives });
  }
  if (names.includes('?')) {
    const alternatives = intents.map((each) => ({ intent: each, confidence: 0.4 }));
    return { ...understandingOf(text, { entities: entities.map(entityIn(text)) }), decision: 'clarify', alternatives };
  }
  return understandingOf(text, {
    ...(intent === undefined ? {} : { intent }),
    ...(second === undefined ? {} : { secondIntent: second }),
    emergency: intent === 'safety_emergency',
    entities: entities.map(entityIn(text)),
  });
}

/** `type: value`, or `type: [value, the customer's words]` when these differ; `type: !problem value`. */
function entityIn(text: string) {
  return ([type, given]: [string, unknown]): Entity => {
    const [value, words] = Array.isArray(given) ? given.map(String) : [String(given), String(given)];
    const start = Math.max(0, text.indexOf(words ?? ''));
    const length = (words ?? '').length;
    const isWrong = (value ?? '').startsWith('!');
    const entity = {
      text: words ?? '',
      value: (value ?? '').replace(/^!/, ''),
      start,
      end: start + length,
      confidence: 1,
    };
    return { type: type as EntityType, ...entity, ...(isWrong ? { problem: 'length' } : {}) };
  };
}

function tappedValue(state: DialogState, label: string): string {
  const shown = visibleChoices(state.lastReplies).find((choice) => choice.label === label);
  return shown?.value ?? label;
}

interface Recording {
  readonly used: Map<string, number>;
  readonly does: string[];
  now(): number;
}

function recorder(transcript: Transcript, { used, does, now }: Recording): RunAction {
  return async (name, slots) => {
    const given = Object.entries(slots).map(([slot, value]) => `${slot}: ${value}`);
    does.push(`does  ${name} { ${given.join(', ')} }`);
    const results = transcript.given.get(name) ?? [];
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    const result: ActionResult | 'failed' | undefined = results[Math.min(count, results.length - 1)];
    if (result === undefined || result === 'failed') {
      throw new Error(`${name} is down`);
    }
    const code = slots['customer_code'] ?? '';
    // Real actions say where their figures come from; `actions-catalogue.test.ts` holds them to it.
    const provenance = tellsFigure(result) ? [{ record: 'given', id: name, version: '1', asOf: '2026-11-22' }] : [];
    return name === 'check_otp' && result.outcome === 'verified'
      ? { ...result, identities: { [code]: verifiedAt(now()) } }
      : { ...result, provenance };
  };
}

function tellsFigure({ slots = {}, replies = [] }: ActionResult): boolean {
  const values = Object.values(slots).map((text): Reply => ({ kind: 'text', text }));
  return [...values, ...replies].some(hasFigure);
}

function verifiedAt(now: number): Identity {
  return { level: 'verified', validUntil: now + HOUR };
}

function firstWords(reply: Reply): string {
  switch (reply.kind) {
    case 'card':
    case 'chart':
      return reply.title;
    case 'image':
      return reply.alt;
    case 'file':
      return reply.name;
    default:
      return reply.text;
  }
}

function replyLines({ author, reply }: Step['replies'][number]): string[] {
  const text = firstWords(reply);
  const choices = visibleChoices([reply]).map((choice) => `[${choice.label}]`);
  const links = ('links' in reply ? (reply.links ?? []) : []).map((link) => `(${link.label} ${link.href})`);
  const [first = '', ...more] = text.split('\n');
  const buttons = [...choices, ...links].join(' ');
  const word = author === 'bot' ? 'bot> ' : 'info>';
  return [`${word} ${first}`, ...more.map((line) => `      ${line}`), ...(buttons === '' ? [] : [`      ${buttons}`])];
}
