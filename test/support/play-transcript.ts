import { parse } from 'yaml';
import { type DialogState, EMPTY_DIALOG_STATE, type ExitTaken } from '../../src/dialogs/dialog.ts';
import type { DialogEngine } from '../../src/dialogs/dialog-engine.ts';
import type { Identities, Identity } from '../../src/dialogs/identity.ts';
import { visibleChoices } from '../../src/dialogs/match-choice.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import type { ActionResult, RunAction } from '../../src/dialogs/run-action.ts';
import type { Entity, EntityType, Understand, Understanding } from '../../src/nlu/understanding.ts';
import type { CustomerLine, Transcript } from './read-transcript.ts';
import { understandingOf } from './understanding-of.ts';

export interface PlayOptions {
  readonly engine: DialogEngine;
  /** The real understanding; left out, the `means` lines say what the words mean. */
  readonly understand?: Understand;
  /** Changes what the customer writes, for example takes the marks off. */
  readonly write?: (text: string) => string;
}

export interface Played {
  /** The whole transcript as text, as it would stand in its file. */
  readonly text: string;
  readonly path: readonly ExitTaken[];
  readonly states: readonly DialogState[];
  readonly replies: readonly Reply[];
}

/** Sunday 22 November 2026, 10:00 in Viet Nam. */
export const TRANSCRIPT_NOW = Date.UTC(2026, 10, 22, 3);
const HOUR = 3_600_000;

/** Plays the customer's lines of a transcript and writes down the whole conversation. */
export async function playTranscript(transcript: Transcript, options: PlayOptions): Promise<Played> {
  const { engine, write = (text: string) => text } = options;
  const out = [...transcript.head];
  const path: ExitTaken[] = [];
  const states: DialogState[] = [];
  const replies: Reply[] = [];
  let state = EMPTY_DIALOG_STATE;
  let identities: Identities = Object.fromEntries(transcript.verified.map((code) => [code, verified()]));
  let ending = 'end';
  const used = new Map<string, number>();

  for (const line of transcript.lines) {
    const text = line.kind === 'user' ? write(line.text) : line.text;
    const understanding = understand(engine, state, line, text, options.understand);
    const choice = line.kind === 'tap' ? tappedValue(state, line.text) : undefined;
    const does: string[] = [];
    const run = recorder(transcript, used, does);
    const context = { conversationId: 'web:main:v', channel: 'web', eventKey: 'e', now: TRANSCRIPT_NOW, identities };
    const result = await engine.advance(state, { understanding, ...(choice && { choice }) }, context, run);
    state = result.state;
    identities = { ...identities, ...result.identities };
    path.push(...(result.path ?? []));
    states.push(state);
    replies.push(...result.replies);
    out.push(...written(line), ...does, ...result.replies.flatMap(replyLines));
    ending = result.handoff === undefined ? endingOf(state) : `handoff (${result.handoff.reason})`;
  }
  out.push(`ends  ${ending}`, '');
  return { text: out.join('\n'), path, states, replies };
}

function written(line: CustomerLine): string[] {
  const said = `${line.kind === 'tap' ? 'tap> ' : 'user>'} ${line.text}`;
  return line.means === '' ? [said] : [said, `means ${line.means}`];
}

function endingOf(state: DialogState): string {
  const frame = state.stack.at(-1);
  return frame === undefined ? 'end' : `open at ${frame.dialog}/${frame.node}`;
}

function understand(
  engine: DialogEngine,
  state: DialogState,
  line: CustomerLine,
  text: string,
  real: Understand | undefined,
): Understanding {
  if (real !== undefined) {
    return real(text, { now: TRANSCRIPT_NOW, expects: engine.expects(state) });
  }
  const [, names = '', fields = '{}'] = /^([\w +?-]*)(\{.*\})?$/.exec(line.means) ?? [];
  const intents = names
    .trim()
    .split(/\s*[+?]\s*/)
    .filter(Boolean);
  const [intent, second] = intents;
  const entities = Object.entries(parse(fields) as Record<string, unknown>);
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

function recorder(transcript: Transcript, used: Map<string, number>, does: string[]): RunAction {
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
    return name === 'check_otp' && result.outcome === 'verified'
      ? { ...result, identities: { [code]: verified() } }
      : result;
  };
}

function verified(): Identity {
  return { level: 'verified', validUntil: TRANSCRIPT_NOW + HOUR };
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

function replyLines(reply: Reply): string[] {
  const text = firstWords(reply);
  const choices = visibleChoices([reply]).map((choice) => `[${choice.label}]`);
  const links = ('links' in reply ? (reply.links ?? []) : []).map((link) => `(${link.label} ${link.href})`);
  const [first = '', ...more] = text.split('\n');
  const buttons = [...choices, ...links].join(' ');
  return [`bot>  ${first}`, ...more.map((line) => `      ${line}`), ...(buttons === '' ? [] : [`      ${buttons}`])];
}
