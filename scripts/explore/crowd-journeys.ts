import { DEMO_AREAS } from '../../src/integrations/demo/demo-areas.ts';
import { demoCustomers } from '../../src/integrations/demo/demo-customers.ts';
import { DEMO_ORGANISATION } from '../../src/integrations/demo/demo-organisation.ts';

/** What one customer of a crowd is: a contract and a phone that nobody else has, in a district of his own. */
export interface Seat {
  readonly code: string;
  readonly phone: string;
  readonly commune: string;
  readonly street: string;
}

/** What is said, or sent, next: the newest one-time code of the own phone, a picture, or these words. */
export type CrowdStep = 'one-time code' | 'picture' | { readonly say: string };

export interface CrowdJourney {
  readonly name: string;
  readonly steps: readonly CrowdStep[];
}

const say = (text: string) => ({ say: text });

/** Together they pass events, turns, attempts, files, SMS, tickets with a receipt, reports, a place in the queue. */
export const CROWD_JOURNEYS: readonly ((seat: Seat) => CrowdJourney)[] = [
  ({ code }) => ({
    name: 'bill',
    steps: [
      say('coi giùm chị tiền điện tháng rồi'),
      say(code),
      'one-time code',
      say('giải thích sao tiền điện tháng này cao'),
    ],
  }),
  ({ street, commune }) => ({
    name: 'emergency',
    steps: [
      say('dây điện đứt rơi xuống đường đang xẹt lửa'),
      say(`trước nhà số 12 đường ${street}, ${commune}`),
      say('không có ai bị thương'),
    ],
  }),
  ({ commune, phone }) => ({
    name: 'outage',
    steps: [say('nhà tôi mất điện rồi'), say('không có'), say(`ấp 3 xã ${commune}`), say('chỉ nhà tôi'), say(phone)],
  }),
  ({ commune }) => ({
    name: 'planned outage',
    steps: [say('mai chỗ mình có cúp điện không'), say(`xã ${commune}`), say('cảm ơn em')],
  }),
  () => ({
    name: 'human',
    steps: [say('giá điện sinh hoạt bao nhiêu'), say('cho gặp nhân viên'), say('alo'), 'picture'],
  }),
  ({ commune, phone }) => ({
    name: 'complaint',
    steps: [
      say('tôi muốn khiếu nại nhân viên thu tiền'),
      say('lập phiếu phản ánh'),
      say('hôm qua nhân viên nói chuyện lớn tiếng với mẹ tôi'),
      say(`ấp 3 xã ${commune}`),
      say(phone),
    ],
  }),
  () => ({
    name: 'picture',
    steps: [say('nhà em mất điện rồi'), 'picture', say('thôi hủy đi'), say('cảm ơn em')],
  }),
  ({ code }) => ({
    name: 'meter reading',
    steps: [say(`cho em gửi chỉ số 4521 mã ${code}`), 'one-time code', say('đúng rồi')],
  }),
];

const SEATS = 12;

/** Customers of the demo whose contract and phone belong to nobody else. */
export const CROWD_SEATS: readonly Seat[] = DEMO_AREAS.flatMap(({ unit, street, commune }): readonly Seat[] => {
  const organisation = new Set(DEMO_ORGANISATION.sites.map(({ code }) => code));
  const customers = demoCustomers('').map(({ customer }) => customer);
  const own = customers.find(
    ({ code, phone, connection, tariffGroup, ...customer }) =>
      customer.unit === unit &&
      connection === 'connected' &&
      tariffGroup === 'household' &&
      !organisation.has(code) &&
      customers.filter((other) => other.phone === phone).length === 1,
  );
  return own?.phone === undefined ? [] : [{ code: own.code, phone: own.phone, commune, street }];
}).slice(0, SEATS);
