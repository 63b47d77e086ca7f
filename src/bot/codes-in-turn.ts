import type { Turn } from './turn.ts';

/** The customer codes that the conversation knows after this turn, proved or only typed. */
export function codesInTurn({ state }: Pick<Turn, 'state'>): readonly string[] {
  const { known, stack, ended, pending } = state.dialogs;
  const slots = [known, ...stack.map((frame) => frame.slots), ended?.slots, pending?.slots];
  const typed = slots.flatMap((each) => each?.['customer_code'] ?? []);
  return [...new Set([...Object.keys(state.identities), ...typed])];
}
