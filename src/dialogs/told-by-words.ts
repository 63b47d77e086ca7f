import { setsOf } from './choice-sets.ts';
import type { AskNode, DialogFrame, DialogNode } from './dialog.ts';
import { type DialogWorld, dialogNamed } from './dialog-world.ts';
import { foldWords } from './fold-words.ts';
import { choiceIn } from './match-choice.ts';
import type { Slots } from './run-action.ts';
import { SLOTS } from './slots.ts';

/** "À nhầm, …", "ủa lộn, …": what follows puts right what was told before. */
const BEGINS_MENDING =
  /^(?:(?:a|ah|u|ua|oi|y|e|da|thoi|chet|xin loi|sorry) )*(?:minh |em |chi |anh |toi |tui )?(?:nham|lon|quen)(?: |$)/;
/** Values that are told after their name hold a digit: "mã giao dịch là FT26331889123". */
const NAMED_VALUE = /(?=[\p{L}\p{N}.-]*\p{N})[\p{L}\p{N}.-]{4,}/u;

/** "Đóng hôm kia chứ không phải hôm qua". */
const DENIES = /(?:^| )(?:chu|ma) (?:khong|ko|k|hong|hok) phai /;

export function isDenial(utterance: string): boolean {
  return DENIES.test(foldWords(utterance));
}

export function beginsMending(utterance: string): boolean {
  return BEGINS_MENDING.test(foldWords(utterance));
}

/**
 * Values that no entity carries, told again or late: "à nhầm, qua Vietcombank" where a choice fills the slot, "mã giao
 * dịch là FT…" where the question names the words before its answer. Only what this dialog has heard of already.
 */
export function toldByWords(world: DialogWorld, { dialog, slots }: DialogFrame, utterance: string): Slots {
  const nodes = Object.values(dialogNamed(world, dialog).nodes);
  const mended = beginsMending(utterance) ? nodes.map((node) => mendedBy(node, utterance, slots)) : [];
  const named = nodes.map((node) => (node.kind === 'ask' ? namedIn(node, utterance) : {}));
  const figure = beginsMending(utterance) ? figureMended(slots, utterance) : figureAskedOn(slots, utterance);
  const told: Slots = Object.assign({}, figure, ...mended.toReversed(), ...named);
  return Object.fromEntries(
    Object.entries(told).filter(([slot, value]) => hasHeard(slots, slot) && slots[slot] !== value),
  );
}

const FIGURES: ReadonlySet<string> = new Set(['meter_index', 'kwh']);

/** "À nhầm 3210" after a reading: the one figure that was told stands for the one that was wrong. */
function figureMended(slots: Slots, utterance: string): Slots {
  const [figure, ...others] = utterance.match(/\d+/g) ?? [];
  const told = Object.keys(slots).filter((slot) => SLOTS[slot]?.entities.some((type) => FIGURES.has(type)));
  const [slot, ...more] = told;
  const isOne = figure !== undefined && others.length === 0 && slot !== undefined && more.length === 0;
  return isOne && /^\d{2,7}$/.test(figure) && utterance.trim().endsWith(figure) ? { [slot]: figure } : {};
}

/** "Còn 400 thì sao" once 300 kWh were reckoned. A bare figure alone may be anything: a house, a code. */
const ASKED_ON =
  /^(?:(?:con|vay|the|roi|ma|neu|tinh) )*(\d{1,5})(?: (?:so|ky|ki|kwh|so dien))?(?: thi)? (?:sao|nhieu|bao nhieu|bn|het bao nhieu|nhiu)(?: (?:a|em|ha|vay|z|v|ban|ad))*$/;

function figureAskedOn({ kwh_used: told }: Slots, utterance: string): Slots {
  const figure = ASKED_ON.exec(foldWords(utterance))?.[1];
  return told === undefined || figure === undefined ? {} : { kwh_used: figure };
}

function hasHeard(slots: Slots, slot: string): boolean {
  return slots[slot] !== undefined;
}

function mendedBy(node: DialogNode, utterance: string, slots: Slots): Slots {
  const isTold = node.kind === 'ask' || (node.kind === 'choose' && node.by === 'words');
  const choice = isTold ? choiceIn(utterance, node.choices) : undefined;
  return choice === undefined ? {} : setsOf(choice, utterance, slots);
}

function namedIn({ slots: [slot = ''], toldAfter }: AskNode, utterance: string): Slots {
  const folded = foldWords(utterance);
  const name = toldAfter.find((words) => ` ${folded} `.includes(` ${words} `));
  const value = name === undefined ? undefined : NAMED_VALUE.exec(utterance)?.[0];
  return value === undefined ? {} : { [slot]: value };
}
