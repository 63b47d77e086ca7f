import type { CustomerRecords } from '../../bot/ports.ts';
import { levelOf } from '../../dialogs/identity.ts';
import type { ActionContext, Slots } from '../../dialogs/run-action.ts';

/** Only mobile numbers take SMS. */
const MOBILE = /^0[35789]\d{8}$/;
const SHOWN_DIGITS = 3;

/**
 * The number for notices about what is being done here: the one that the customer has given for it, else the one on
 * record of a contract that is verified. `undefined`: there is none.
 */
export async function noticePhone(
  { phone, customer_code: code }: Slots,
  { identities, now }: Pick<ActionContext, 'identities' | 'now'>,
  customers: Pick<CustomerRecords, 'customer'>,
): Promise<string | undefined> {
  const isVerified = levelOf(identities, code, now) === 'verified';
  const known = phone ?? (isVerified && code !== undefined ? (await customers.customer(code))?.phone : undefined);
  return known !== undefined && MOBILE.test(known) ? known : undefined;
}

/** `0912345678` → `số có đuôi 678`. */
export function phoneWords(phone: string): string {
  return `số có đuôi ${phone.slice(-SHOWN_DIGITS)}`;
}
