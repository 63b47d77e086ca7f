import type { Customer } from '../../bot/records.ts';
import type { IdentityLevel } from '../../dialogs/identity.ts';
import type { MaskedCustomer } from './desk-api/customer.ts';

/** What the desk shows of a customer at that identity level. Phone and e-mail address are never whole. */
export function maskCustomer(customer: Customer, level: IdentityLevel): MaskedCustomer {
  const { connection, households, tariffGroup, unit } = customer;
  const isVerified = level === 'verified';
  const place = [customer.commune, customer.district, customer.province].filter((part) => part !== undefined);
  return {
    connection,
    households,
    tariffGroup,
    unit,
    name: isVerified ? customer.name : maskName(customer.name),
    address: isVerified ? customer.address : place.join(', '),
    ...(customer.phone !== undefined && { phone: maskPhone(customer.phone) }),
    ...(customer.email !== undefined && { email: maskEmail(customer.email) }),
  };
}

/** `Nguyễn Văn Lan` → `N*** V*** L***`: not even the lengths remain. */
export function maskName(name: string): string {
  return name
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `${[...word][0]}***`)
    .join(' ');
}

/** `0912345678` → `*******678`. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length <= 3 ? '***' : `*******${digits.slice(-3)}`;
}

/** `PB06010001234` → `PB0601***234`: the unit, and enough to tell two customers of a list apart. */
export function maskCode(code: string): string {
  return code.length < 10 ? '***' : `${code.slice(0, 6)}***${code.slice(-3)}`;
}

/** `lan.nguyen@example.vn` → `l***@example.vn`. */
function maskEmail(address: string): string {
  return address.replace(/^(.).*@/u, '$1***@');
}

const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d.-]+/gu;
const PHONE = /(?<![\p{L}\d])(?:\+?84|0)(?:[\s.-]?\d){8,10}(?!\d)/gu;

/** Masks e-mail addresses that the bot has read back to the customer. */
export function maskEmailsIn(text: string): string {
  return text.replace(EMAIL, maskEmail);
}

/** Masks phone numbers and e-mail addresses inside words that somebody wrote. */
export function maskContactsIn(text: string): string {
  return maskEmailsIn(text).replace(PHONE, maskPhone);
}
