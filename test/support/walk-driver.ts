import { ACTIONS, FAILED, NOT_VERIFIED } from '../../src/dialogs/actions.ts';
import type { Walk } from '../../src/dialogs/authoring/walk-dialog.ts';
import type { Dialog, DialogNode, DialogState, ExitTaken } from '../../src/dialogs/dialog.ts';
import { EMPTY_DIALOG_STATE } from '../../src/dialogs/dialog.ts';
import type { AdvanceInput, DialogEngine } from '../../src/dialogs/dialog-engine.ts';
import type { Identities } from '../../src/dialogs/identity.ts';
import { choiceValue, START } from '../../src/dialogs/render-words.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import type { ActionContext, ActionResult } from '../../src/dialogs/run-action.ts';
import { SLOTS } from '../../src/dialogs/slots.ts';
import type { Entity, EntityType } from '../../src/nlu/understanding.ts';
import { understandingOf } from './understanding-of.ts';

export interface Walked {
  readonly taken: readonly ExitTaken[];
  readonly replies: readonly Reply[];
  readonly state: DialogState;
}

/** A value that each type of entity may have. */
const VALUES: Partial<Record<EntityType, string>> = {
  customer_code: 'PB06010001234',
  unit_code: 'PB0606',
  otp: '123456',
  phone: '0912345678',
  email: 'lan@example.vn',
  billing_period: '2026-06',
  place: 'xã Bến Lức, Tây Ninh',
  time: '07:00',
  kwh: '320',
  money: '1000000',
  meter_index: '4520',
};
const CODE = 'PB06010001234';
const MOST_TURNS = 40;

/** Plays a customer who takes exactly the exits of a walk, on the real engine. */
export async function driveWalk(
  engine: DialogEngine,
  dialogs: ReadonlyMap<string, Dialog>,
  dialog: Dialog,
  walk: Walk,
): Promise<Walked> {
  const taken: ExitTaken[] = [];
  const replies: Reply[] = [];
  let ran = 0;
  const nextDo = (does?: string) => {
    while (ran < walk.steps.length) {
      const node = nodeOf(dialogs, walk.steps[ran]);
      if (node?.kind === 'do' && !dialogs.has(node.does) && (does === undefined || node.does === does)) {
        return walk.steps[ran];
      }
      ran += 1;
    }
    return undefined;
  };
  const context: ActionContext = {
    conversationId: 'web:main:walker',
    channel: 'web',
    eventKey: 'e',
    now: 1,
    get identities(): Identities {
      return nextDo()?.exit === NOT_VERIFIED ? {} : { [CODE]: { level: 'verified', validUntil: 2 } };
    },
  };
  const run = async (does: string): Promise<ActionResult> => {
    const step = nextDo(does);
    ran += 1;
    return resultOf(does, step?.exit ?? FAILED);
  };

  const given = Object.fromEntries(dialog.given.map((slot) => [slot, slot === 'customer_code' ? CODE : `«${slot}»`]));
  const slots = { ...given, offers: 'greeting' };
  let state: DialogState = {
    ...EMPTY_DIALOG_STATE,
    stack: [{ dialog: dialog.id, node: dialog.first, tries: 0, slots }],
  };
  let input: AdvanceInput = { understanding: understandingOf(wordsFor(dialogs, walk.steps) || 'xin chào') };
  for (let turn = 0; turn < MOST_TURNS && taken.length < walk.steps.length; turn += 1) {
    const result = await engine.advance(state, input, context, run);
    taken.push(...(result.path ?? []));
    replies.push(...result.replies);
    state = result.state;
    const step = walk.steps[taken.length];
    if (step !== undefined) {
      input = inputFor(nodeOf(dialogs, step), step, wordsFor(dialogs, walk.steps.slice(taken.length + 1)));
    }
  }
  return { taken: taken.slice(0, walk.steps.length), replies, state };
}

function nodeOf(dialogs: ReadonlyMap<string, Dialog>, step: ExitTaken | undefined): DialogNode | undefined {
  return step && dialogs.get(step.dialog)?.nodes[step.node];
}

/** The result of an action with this outcome, every slot of it filled. */
export function resultOf(does: string, exit: string): ActionResult {
  if (exit === FAILED) {
    throw new Error(`${does} is down`);
  }
  const sets = ACTIONS[does]?.outcomes[exit]?.sets ?? [];
  return { outcome: exit, slots: Object.fromEntries(sets.map((slot) => [slot, `«${slot}»`])) };
}

/** The words of the nodes that decide by words before the customer is asked again. */
function wordsFor(dialogs: ReadonlyMap<string, Dialog>, steps: readonly ExitTaken[]): string {
  const next = steps.findIndex((step) => {
    const node = nodeOf(dialogs, step);
    return node?.kind === 'choose' && node.by === 'customer' && step.exit !== 'otherwise';
  });
  const said = steps.slice(0, next < 0 ? steps.length : next).flatMap((step) => {
    const node = nodeOf(dialogs, step);
    const isByWords = node?.kind === 'choose' && node.by === 'words';
    const choice = isByWords ? node.choices.find((each) => `choice ${each.key}` === step.exit) : undefined;
    return choice?.words[0]?.replaceAll('…', 'x') ?? [];
  });
  return said.join(', ');
}

function inputFor(node: DialogNode | undefined, step: ExitTaken, words: string): AdvanceInput {
  if (step.exit === 'offered') {
    return { understanding: understandingOf(''), choice: `${START}greeting` };
  }
  if (step.exit.startsWith('got ')) {
    const answer = answerFor(step.exit.slice('got '.length));
    return { understanding: { ...answer, utterance: [answer.utterance, words].join(' ').trim() } };
  }
  const choices = node?.kind === 'ask' || node?.kind === 'choose' ? node.choices : [];
  const choice = choices.find((each) => `choice ${each.key}` === step.exit);
  return choice === undefined
    ? { understanding: understandingOf('?') }
    : {
        understanding: understandingOf([choice.label, words].join(' ').trim()),
        choice: choiceValue(step.dialog, step.node, choice),
      };
}

/** What a customer may answer to a question for this slot. */
export function answerFor(slot: string) {
  const type = SLOTS[slot]?.entities.find((each) => VALUES[each] !== undefined);
  const value = (type && VALUES[type]) ?? 'một câu trả lời';
  const entity: Entity[] =
    type === undefined ? [] : [{ type, text: value, value, start: 0, end: value.length, confidence: 1 }];
  return understandingOf(value, { entities: entity });
}
