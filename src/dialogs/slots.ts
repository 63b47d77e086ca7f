import type { EntityType } from '../nlu/understanding.ts';
import type { Slots } from './run-action.ts';

export interface SlotKind {
  /** Entities of these types fill the slot, wherever in the conversation they turn up. */
  readonly entities: readonly EntityType[];
  /** `conversation`: every later dialog may use the value. `dialog`: gone when the dialog ends. */
  readonly scope: 'conversation' | 'dialog';
  /** Used up by the first action that takes it. */
  readonly isOnce?: boolean;
  /** Never stored: neither in the state nor as the customer typed it. */
  readonly isPrivate?: boolean;
  /** Of several values the slot takes the range from the first to the last: "tháng 8 so với tháng 10". */
  readonly spans?: boolean;
  /** Keep the customer's own words rather than the standard form. */
  readonly keepsText?: boolean;
}

/** The slots that a customer can fill. Slots that only actions set are listed with the actions. */
export const SLOTS: Readonly<Record<string, SlotKind>> = {
  customer_code: { entities: ['customer_code'], scope: 'conversation' },
  unit_code: { entities: ['unit_code'], scope: 'dialog' },
  phone: { entities: ['phone'], scope: 'conversation' },
  email: { entities: ['email'], scope: 'dialog' },
  place: { entities: ['place'], scope: 'conversation' },
  billing_period: { entities: ['billing_period'], scope: 'dialog' },
  compared_months: { entities: ['billing_period'], scope: 'dialog', spans: true },
  compare_with: { entities: [], scope: 'dialog' },
  /** `email`: how the customer wants what he has asked for. */
  sent_by: { entities: [], scope: 'dialog' },
  kwh_used: { entities: ['kwh', 'number'], scope: 'dialog' },
  money_amount: { entities: ['money'], scope: 'dialog' },
  households: { entities: [], scope: 'dialog' },
  tariff_group: { entities: [], scope: 'dialog' },
  tariff_topic: { entities: [], scope: 'dialog' },
  claimed_problem: { entities: [], scope: 'dialog' },
  bill_problem: { entities: [], scope: 'dialog' },
  paid_when: { entities: ['date', 'time'], scope: 'dialog', keepsText: true },
  paid_channel: { entities: [], scope: 'dialog' },
  paid_amount: { entities: ['money'], scope: 'dialog', keepsText: true },
  paid_reference: { entities: [], scope: 'dialog' },
  read_on_meter: { entities: ['meter_index'], scope: 'dialog' },
  date: { entities: ['date'], scope: 'dialog' },
  since: { entities: ['time', 'date'], scope: 'dialog', keepsText: true },
  otp: { entities: ['otp'], scope: 'dialog', isOnce: true, isPrivate: true },
  meter_reading: { entities: ['meter_index'], scope: 'dialog' },
  /** What the customer wants, in their own words. */
  request_text: { entities: [], scope: 'dialog' },
  injured: { entities: [], scope: 'dialog' },
  danger: { entities: [], scope: 'dialog' },
  priority_reason: { entities: [], scope: 'dialog' },
  earlier_ticket: { entities: [], scope: 'dialog', isOnce: true },
  /** One of `SUBSCRIBED_TOPICS`. */
  notice_topic: { entities: [], scope: 'dialog' },
};

/** The slot in which a place or the like keeps the customer's own words: a whole answer, or an address. */
export function wordsSlot(slot: string): string {
  return `${slot}_words`;
}

/** The number of a ticket that was opened with a value since corrected: it is put right, and no other opened. */
export const EARLIER_TICKET = 'earlier_ticket';

/** A location sent earlier: offered where a place is asked for, never taken for it by itself. */
export const SHARED_PLACE = 'shared_place';

/** The slot itself, also for the one that keeps its words. */
export function slotOf(name: string): string {
  return name.replace(/_words$/, '');
}

/** Slots after setting some; an empty value clears one. */
export function withSlots(slots: Slots, sets: Slots): Slots {
  return Object.fromEntries(Object.entries({ ...slots, ...sets }).filter(([, value]) => value !== ''));
}

export function isPrivate(slot: string): boolean {
  return SLOTS[slot]?.isPrivate === true;
}

export function isShared(slot: string): boolean {
  return SLOTS[slot]?.scope === 'conversation';
}
