import type { EntityType } from '../nlu/understanding.ts';

export interface SlotKind {
  /** Entities of these types fill the slot, wherever in the conversation they turn up. */
  readonly entities: readonly EntityType[];
  /** `conversation`: every later dialog may use the value. `dialog`: gone when the dialog ends. */
  readonly scope: 'conversation' | 'dialog';
  /** Used up by the first action that takes it. */
  readonly isOnce?: boolean;
  /** Never stored: neither in the state nor as the customer typed it. */
  readonly isPrivate?: boolean;
  /** Keep the customer's own words rather than the standard form. */
  readonly keepsText?: boolean;
}

/** The slots that a customer can fill. Slots that only actions set are listed with the actions. */
export const SLOTS: Readonly<Record<string, SlotKind>> = {
  customer_code: { entities: ['customer_code'], scope: 'conversation' },
  phone: { entities: ['phone'], scope: 'conversation' },
  place: { entities: ['place'], scope: 'conversation' },
  billing_period: { entities: ['billing_period'], scope: 'dialog' },
  date: { entities: ['date'], scope: 'dialog' },
  since: { entities: ['time', 'date'], scope: 'dialog', keepsText: true },
  otp: { entities: ['otp'], scope: 'dialog', isOnce: true, isPrivate: true },
  meter_reading: { entities: ['meter_index'], scope: 'dialog' },
  /** What the customer wants, in their own words. */
  request_text: { entities: [], scope: 'dialog' },
  injured: { entities: [], scope: 'dialog' },
  danger: { entities: [], scope: 'dialog' },
  priority_reason: { entities: [], scope: 'dialog' },
};

/** The slot in which an asked place or the like keeps the customer's whole answer. */
export function wordsSlot(slot: string): string {
  return `${slot}_words`;
}

export function isPrivate(slot: string): boolean {
  return SLOTS[slot]?.isPrivate === true;
}

export function isShared(slot: string): boolean {
  return SLOTS[slot]?.scope === 'conversation';
}
