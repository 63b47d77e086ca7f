import { findCustomerCodes } from './entities/customer-code.ts';
import type { Reading } from './entities/extractor.ts';
import { findOtps } from './entities/otp.ts';
import { findPersonNames } from './entities/person-name.ts';
import { findPhones } from './entities/phone.ts';
import { prepare } from './normalize.ts';
import { tokenize } from './tokenize.ts';
import type { Entity, EntityType } from './understanding.ts';

/** Stand-ins of the same form, so that the words around them are understood, and learned from, as before. */
const STAND_INS: Partial<Record<EntityType, (entity: Entity) => string>> = {
  customer_code: ({ value }) => value.replace(/\d/g, '0'),
  // A number of ours, such as 1900 9000, is nobody's own.
  phone: ({ text, value }) => (value.startsWith('1') ? text : '0900000000'),
  otp: () => '000000',
  person_name: () => 'Nguyễn Văn A',
};
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu;
/** Papers of identity and accounts: longer than any reading or sum of money of a household. */
const LONG_NUMBER = /\d(?:[\s.-]?\d){8,}/g;
/** "số nhà 12/3", "hẻm 45", "nhà số 7A": the place stays, the door does not. */
const DOOR = /((?:số nhà|nhà số|so nha|nha so|hẻm|hem|ngõ|ngo|kiệt|kiet|ngách|ngach)\s+)[\d/]+[a-z]?/giu;

/** The utterance with customer codes, phones, one-time codes, names, addresses of mail and doors replaced. */
export function hidePersonal(utterance: string): string {
  const text = prepare(utterance);
  const reading: Reading = { text, tokens: tokenize(text), context: { now: 0 } };
  const found = [findCustomerCodes, findPhones, findOtps, findPersonNames].flatMap((find) => find(reading));
  let hidden = '';
  let end = 0;
  for (const entity of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (entity.start >= end) {
      hidden += text.written.slice(end, entity.start) + (STAND_INS[entity.type]?.(entity) ?? '');
      end = entity.end;
    }
  }
  return (hidden + text.written.slice(end))
    .replaceAll('+0900000000', '0900000000')
    .replace(EMAIL, 'ten@example.com')
    .replace(LONG_NUMBER, (digits) => (digits === '0900000000' ? digits : digits.replace(/\d/g, '0')))
    .replace(DOOR, '$10');
}
