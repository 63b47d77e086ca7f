import type { Slots } from '../../dialogs/run-action.ts';

/** The slots that the customer has filled, under the names of a record. */
export function givenSlots<Name extends string>(
  slots: Slots,
  names: Readonly<Record<Name, string>>,
): Partial<Record<Name, string>> & Slots {
  const given = Object.entries<string>(names).flatMap(([name, slot]) => {
    const value = slots[slot];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given) as Partial<Record<Name, string>> & Slots;
}
