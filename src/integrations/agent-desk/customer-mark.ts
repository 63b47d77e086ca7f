import { createHmac } from 'node:crypto';
import { deriveKey } from '../text-seal.ts';
import { maskCode } from './mask.ts';

/**
 * How the audit log names a customer: the masked code, and a mark by which entries about the same one are found. Whoever
 * has the log alone reads no code from it.
 */
export type CustomerMark = (customerCode: string) => string;

const MARK_LENGTH = 12;

export function createCustomerMark(secretKey: string): CustomerMark {
  const key = deriveKey(secretKey, 'audit/customer');
  return (customerCode) => {
    const mark = createHmac('sha256', key).update(customerCode).digest('hex').slice(0, MARK_LENGTH);
    return `${maskCode(customerCode)} #${mark}`;
  };
}

/** What an agent wrote as the reason, without what names the customer. */
export function withoutCode(text: string, customerCode: string): string {
  return text.replaceAll(new RegExp(customerCode.replace(/[^A-Za-z0-9]/g, ''), 'gi'), maskCode(customerCode));
}
