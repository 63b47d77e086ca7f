import type { Provenance } from './provenance.ts';
import { placeholdersIn } from './render-words.ts';
import type { Slots } from './run-action.ts';
import { replaceTop, type TurnDraft, topFrame } from './turn-draft.ts';

/** Keeps where the values that an action has set come from: words of a later turn may say them. */
export function rememberSource(turn: TurnDraft, set: Slots, provenance: readonly Provenance[]): void {
  const names = Object.keys(set);
  const others = (topFrame(turn).sources ?? [])
    .map((source) => ({ ...source, slots: source.slots.filter((slot) => !names.includes(slot)) }))
    .filter(({ slots }) => slots.length > 0);
  const filled = names.filter((slot) => set[slot] !== '');
  const sources = provenance.length > 0 && filled.length > 0 ? [...others, { slots: filled, provenance }] : others;
  if (sources.length > 0 || topFrame(turn).sources !== undefined) {
    replaceTop(turn, { sources });
  }
}

/** Notes where the figures in these lines of the dialog on top come from. */
export function citeSources(turn: TurnDraft, lines: readonly string[]): void {
  const said = new Set(lines.flatMap(placeholdersIn));
  const used = (turn.stack.at(-1)?.sources ?? []).filter(({ slots }) => slots.some((slot) => said.has(slot)));
  turn.provenance.push(...used.flatMap(({ provenance }) => provenance));
}
