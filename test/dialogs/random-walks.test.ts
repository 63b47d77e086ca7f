import { expect, test } from '@jest/globals';
import type { Attachment } from '../../src/bot/message.ts';
import { ACTIONS, FAILED, outcomesOf } from '../../src/dialogs/actions.ts';
import type { DialogState } from '../../src/dialogs/dialog.ts';
import type { AdvanceInput } from '../../src/dialogs/dialog-engine.ts';
import type { Identities } from '../../src/dialogs/identity.ts';
import { visibleChoices } from '../../src/dialogs/match-choice.ts';
import { toPlainText } from '../../src/dialogs/reply.ts';
import type { ActionResult, RunAction } from '../../src/dialogs/run-action.ts';
import type { Entity, EntityType } from '../../src/nlu/understanding.ts';
import { loadTrees } from '../support/load-trees.ts';
import { createMemoryChain } from '../support/memory-chain.ts';
import {
  type AgentWish,
  createDeskStage,
  type Step,
  TRANSCRIPT_NOW,
  type TranscriptStage,
} from '../support/transcript-stage.ts';
import { understandingOf } from '../support/understanding-of.ts';

const { dialogs, byId, engine } = loadTrees();
const WALKS = 10_000;
const TURNS = 10;
const CODES = ['PB06010001234', 'PB06010005678'];
const INTENTS = [...new Set(dialogs.flatMap((dialog) => dialog.startsOn)), 'cancel', 'unserved_intent'];
const FILES: readonly Attachment['kind'][] = ['image', 'audio', 'video', 'file', 'location', 'sticker', 'contact'];
const AGENT_WISHES: readonly AgentWish[] = [
  { act: 'say', text: 'Dạ em nghe ạ.' },
  { act: 'release' },
  { act: 'requeue', note: 'Cần người khác' },
  { act: 'close', wrapUp: 'solved' },
];
const SAYINGS = [
  'có',
  'không',
  '1',
  'cái cuối',
  'nhắc lại',
  'trợ giúp',
  'thôi',
  '?',
  'ấp 3 gần chùa',
  'bla bla bla',
  '',
];
const VALUES: readonly (readonly [EntityType, readonly string[]])[] = [
  ['customer_code', CODES],
  ['unit_code', ['PB0606', 'PE0401']],
  ['otp', ['123456', '654321']],
  ['billing_period', ['2026-06', '2026-07/2026-09']],
  ['place', ['Bến Lức / Tây Ninh', 'Tân Thành']],
  ['phone', ['0912345678']],
  ['email', ['lan@example.vn', 'hoa.tran@example.com']],
  ['date', ['2026-11-23']],
  ['time', ['19:00']],
  ['kwh', ['320', '0']],
  ['money', ['1000000']],
  ['meter_index', ['4521']],
];

/** A small generator of random numbers: the same seed gives the same walk. */
function randomFrom(seed: number): <T>(from: readonly T[]) => T {
  let state = seed * 2_654_435_761 + 1;
  return (from) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39) >>> 0;
    return from[mixed % from.length] as (typeof from)[number];
  };
}

type Pick = ReturnType<typeof randomFrom>;

function entityOf(pick: Pick): Entity {
  const [type, values] = pick(VALUES);
  const value = pick(values);
  const isWrong = type === 'customer_code' && pick([true, false, false, false]);
  return {
    type,
    text: value,
    value,
    start: 0,
    end: value.length,
    confidence: 1,
    ...(isWrong && { problem: 'length' }),
  };
}

function inputOf(pick: Pick, state: DialogState): AdvanceInput {
  const entities = pick([0, 0, 1, 2]) === 0 ? [] : [entityOf(pick), entityOf(pick)].slice(0, pick([1, 2]));
  const shown = visibleChoices(state.lastReplies);
  switch (pick(['tap', 'tap', 'intent', 'say', 'say', 'value', 'value', 'clarify', 'danger'])) {
    case 'tap':
      return { understanding: understandingOf(''), choice: pick([...shown.map((each) => each.value), 'old/button/x']) };
    case 'intent':
      return { understanding: understandingOf('một câu dài hơn', { intent: pick(INTENTS), entities }) };
    case 'clarify': {
      const alternatives = [pick(INTENTS), pick(INTENTS)].map((intent) => ({ intent, confidence: 0.4 }));
      return { understanding: understandingOf('chuyện gì đó', { decision: 'clarify', alternatives, entities }) };
    }
    case 'danger':
      return {
        understanding: understandingOf('dây điện đứt', { intent: 'safety_emergency', emergency: true, entities }),
      };
    case 'value':
      return { understanding: understandingOf(`${pick(['', 'à nhầm '])}giá trị`, { entities: [entityOf(pick)] }) };
    default:
      return { understanding: understandingOf(pick(SAYINGS), { entities }) };
  }
}

function runWith(pick: Pick, identities: Record<string, Identities[string]>): RunAction {
  return async (name, slots): Promise<ActionResult> => {
    const action = ACTIONS[name];
    const outcome = pick(outcomesOf(action as NonNullable<typeof action>));
    if (outcome === FAILED || action?.outcomes[outcome] === undefined) {
      throw new Error(`${name} is down`);
    }
    if (name === 'check_otp' && outcome === 'verified') {
      identities[slots['customer_code'] ?? ''] = { level: 'verified', validUntil: TRANSCRIPT_NOW + 3_600_000 };
      return { outcome, identities };
    }
    const sets = action.outcomes[outcome]?.sets ?? [];
    return { outcome, slots: Object.fromEntries(sets.map((slot) => [slot, `«${slot}»`])) };
  };
}

/** The slot that the open question asks for although the conversation has it. */
function askedAgain(state: DialogState): string | undefined {
  const frame = state.stack.at(-1);
  const node = frame && byId.get(frame.dialog)?.nodes[frame.node];
  return node?.kind === 'ask' ? node.slots.find((slot) => frame?.slots[slot] !== undefined) : undefined;
}

interface Walked extends Step {
  /** The customer wrote or tapped something. */
  readonly wasWords: boolean;
}

/** What the walk does next: mostly the customer, now and then an agent, or a file instead of words. */
async function stepOf(pick: Pick, stage: TranscriptStage, holder: string, run: RunAction): Promise<Walked> {
  if (holder === 'agent') {
    const wish = pick([undefined, ...AGENT_WISHES]);
    if (wish !== undefined) {
      return { ...(await stage.act(wish, run)), wasWords: false };
    }
  }
  if (holder !== 'agent' && holder !== 'none' && pick([true, ...Array<boolean>(11).fill(false)])) {
    return { ...(await stage.act({ act: 'claim' }, run)), wasWords: false };
  }
  if (pick([true, ...Array<boolean>(14).fill(false)])) {
    const attachments = [{ kind: pick(FILES), url: 'https://example.test/file' }];
    return {
      ...(await stage.hear({ understanding: understandingOf(''), content: { attachments } }, run)),
      wasWords: false,
    };
  }
  const { understanding, choice } = inputOf(pick, stage.dialogs());
  const content = choice === undefined ? { text: understanding.utterance } : { choice };
  return { ...(await stage.hear({ understanding, content }, run)), wasWords: true };
}

function holderAfter({ ending = 'bot' }: Step): string {
  return ending.split(' ')[0] ?? '';
}

/** What is wrong with what was said, if anything is. */
function wrongWords({ replies, wasWords }: Walked, before: string, after: string): boolean {
  const said = replies.filter(({ author }) => author !== 'agent').map(({ reply }) => toPlainText(reply));
  const text = said.join('\n');
  // A sticker, or one more picture of a row, may go without an answer; words may not.
  const isSilent = said.length === 0 && wasWords && before !== 'agent' && after !== 'agent';
  const bySelf = replies.filter(({ author }) => author === 'bot').map(({ reply }) => toPlainText(reply));
  // While an agent holds the conversation, only safety words come from the bot; after a release it may answer.
  const speaksOver = before === 'agent' && after === 'agent' && bySelf.length > 0 && !text.includes('⚠️');
  return isSilent || speaksOver || said.length > 12 || /[{}]|undefined/.test(text);
}

test(`${WALKS} random conversations, agents and files among them, never throw, fall silent, speak over an agent, show a brace or ask for what they have, and can always be ended`, async () => {
  expect.assertions(2);
  let ended = 0;
  let taken = 0;
  for (let seed = 1; seed <= WALKS; seed += 1) {
    const pick = randomFrom(seed);
    const run = runWith(pick, {});
    const stage = createDeskStage(engine, {}, { store: createMemoryChain() });
    let holder = 'none';
    for (let turn = 0; turn < TURNS; turn += 1) {
      const step = await stepOf(pick, stage, holder, run).catch((error: unknown) => {
        throw new Error(`Walk ${seed}, turn ${turn} threw.`, { cause: error });
      });
      const after = holderAfter(step);
      if (wrongWords(step, holder, after)) {
        throw new Error(`Walk ${seed}, turn ${turn} (${holder} → ${after}) said: ${JSON.stringify(step.replies)}`);
      }
      taken += after === 'agent' && holder !== 'agent' ? 1 : 0;
      holder = after;
      const state = stage.dialogs();
      const asked = askedAgain(state);
      if (asked !== undefined) {
        throw new Error(`Walk ${seed}, turn ${turn} asks for ${asked}, which was given: ${JSON.stringify(state)}`);
      }
      const depth = state.stack.filter((frame) => frame.called !== true).length;
      const isSound = state.stack.every((frame) => byId.get(frame.dialog)?.nodes[frame.node] !== undefined);
      if (depth > 4 || !isSound || JSON.stringify(state).length > 30_000) {
        throw new Error(`Walk ${seed}, turn ${turn} left: ${JSON.stringify(state)}`);
      }
    }
    if (holder === 'agent') {
      await stage.act({ act: 'release' }, run);
    }
    for (let cancels = 0; cancels < 5 && stage.dialogs().stack.length > 0; cancels += 1) {
      const understanding = understandingOf('thôi khỏi đi', { intent: 'cancel' });
      await stage.hear({ understanding, content: { text: understanding.utterance } }, run);
    }
    if (stage.dialogs().stack.length > 0) {
      throw new Error(`Walk ${seed} cannot be ended: ${JSON.stringify(stage.dialogs().stack)}`);
    }
    ended += 1;
  }
  expect(ended).toBe(WALKS);
  expect(taken).toBeGreaterThan(WALKS / 2);
});
