import type { Bill, Customer, Payment } from '../../../bot/records.ts';
import { defineCollection, needed, optional } from './collection.ts';
import { toDocumentValue } from './document-value.ts';
import { wordsIn } from './spoken-words.ts';

/** A customer; the code is `_id`. */
export interface CustomerDocument {
  readonly _id: string;
  readonly phone?: string;
  /** What the search finds it by, folded. */
  readonly words: readonly string[];
  readonly record: Customer;
}

export const CUSTOMERS = defineCollection<CustomerDocument>({
  name: 'customers',
  fields: { _id: needed.text, phone: optional.text, words: { type: [String], required: true }, record: needed.any },
  indexes: [{ key: { phone: 1 } }, { key: { words: 1 } }],
});

/** A bill; `_id` is the bill's own id. */
export interface BillDocument {
  readonly _id: string;
  readonly customerCode: string;
  readonly month: string;
  readonly period: number;
  readonly record: Bill;
}

export const BILLS = defineCollection<BillDocument>({
  name: 'bills',
  fields: {
    _id: needed.text,
    customerCode: needed.text,
    month: needed.text,
    period: needed.number,
    record: needed.any,
  },
  indexes: [{ key: { customerCode: 1, month: -1, period: -1 } }],
});

export interface PaymentDocument {
  readonly _id: string;
  readonly customerCode: string;
  readonly at: number;
  readonly record: Payment;
}

export const PAYMENTS = defineCollection<PaymentDocument>({
  name: 'payments',
  fields: { _id: needed.text, customerCode: needed.text, at: needed.number, record: needed.any },
  indexes: [{ key: { customerCode: 1, at: -1 } }],
});

export function toCustomerDocument(customer: Customer): CustomerDocument {
  const { code, name, phone, address } = customer;
  return {
    _id: code,
    words: wordsIn(`${code} ${name} ${phone ?? ''} ${address}`),
    record: toDocumentValue(customer) as Customer,
    ...(phone !== undefined && { phone }),
  };
}

export function toBillDocument(bill: Bill): BillDocument {
  const { customerCode, month, period } = bill;
  return {
    _id: `${customerCode}/${month}/${period}`,
    customerCode,
    month,
    period,
    record: toDocumentValue(bill) as Bill,
  };
}

export function toPaymentDocument(payment: Payment): PaymentDocument {
  const { id, customerCode, at } = payment;
  return { _id: id, customerCode, at, record: toDocumentValue(payment) as Payment };
}
