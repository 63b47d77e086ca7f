import { z } from 'zod';
import { isDay } from '../../tariffs/days.ts';
import type { RecordKind, RecordKinds } from '../storage/utility-records.ts';

// CSV gives text where JSON gives numbers and lists: each schema takes both.
const text = z
  .string()
  .trim()
  .min(1)
  .transform((value) => value.normalize('NFC'));
const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'is not a number')
    .transform(Number),
]);
const amount = numeric.pipe(z.number().int().min(0));
const positive = numeric.pipe(z.number().positive());
const day = z.string().refine(isDay, 'is not a day YYYY-MM-DD');
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is not a month YYYY-MM');
const code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}[0-9A-Z]{4}[0-9]{7}$/, 'is not a customer code of 13 characters');
const phone = z.string().regex(/^0\d{9,10}$/, 'is not a phone number 0…');
const names = z.union([
  z.array(text),
  z
    .string()
    .transform((value) =>
      value.split('|').flatMap((name) => (name.trim() === '' ? [] : [name.trim().normalize('NFC')])),
    ),
]);
const time = z.iso
  .datetime({ offset: true, local: false, error: 'is not a time such as 2026-11-23T07:30:00+07:00' })
  .transform((value) => Date.parse(value));

/** A list or an object that a CSV file holds as JSON. */
function json<T extends z.ZodType>(schema: T) {
  return z.preprocess((value, context) => {
    if (typeof value !== 'string') {
      return value;
    }
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.issues.push({ code: 'custom', message: 'is not JSON', input: value });
      return z.NEVER;
    }
  }, schema);
}

const customers = z
  .strictObject({
    code,
    name: text,
    phone: phone.exactOptional(),
    email: text.exactOptional(),
    address: text,
    province: text,
    district: text.exactOptional(),
    commune: text.exactOptional(),
    unit: text.exactOptional(),
    feeder: text.exactOptional(),
    transformer: text.exactOptional(),
    tariffGroup: text.default('household'),
    households: positive.default(1),
    vulnerable: z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]).exactOptional(),
    connection: z.enum(['connected', 'disconnected_debt', 'disconnected', 'ended']).default('connected'),
  })
  .transform((row) => ({ ...row, unit: row.unit ?? row.code.slice(0, 6) }));

const billLine = z.strictObject({ label: text, kwh: amount, price: amount, amount });

const bills = z
  .strictObject({
    customerCode: code,
    month,
    period: positive.default(1),
    from: day,
    to: day,
    readingOld: numeric,
    readingNew: numeric,
    multiplier: positive.default(1),
    kwh: amount,
    lines: json(z.array(billLine)).default([]),
    amount,
    vatRate: numeric,
    vat: amount,
    total: amount,
    due: day,
    paidAt: day.exactOptional(),
  })
  .refine((row) => row.from <= row.to, { path: ['to'], error: 'is before `from`' })
  .refine((row) => row.amount + row.vat === row.total, { path: ['total'], error: 'is not amount + vat' })
  .refine((row) => row.lines.length === 0 || sum(row.lines.map((line) => line.kwh)) === row.kwh, {
    path: ['lines'],
    error: 'do not add up to kwh',
  })
  .transform((row) => ({ ...row, id: `${row.customerCode}/${row.month}/${row.period}` }));

const payments = z.strictObject({
  id: text,
  customerCode: code,
  billId: text.exactOptional(),
  amount,
  at: time,
  method: text,
  reference: text.exactOptional(),
});

const outages = z
  .strictObject({
    id: text,
    kind: z.literal('planned', {
      error: 'is not planned: incidents come by POST /api/incidents or are made at the desk (docs/storms.md)',
    }),
    state: z.enum(['scheduled', 'ongoing', 'restored', 'cancelled']),
    unit: text,
    area: text,
    province: text,
    district: text.exactOptional(),
    communes: names.default([]),
    feeders: names.default([]),
    from: time,
    to: time.exactOptional(),
    reason: text.exactOptional(),
    updatedAt: time,
  })
  .refine((row) => row.to === undefined || row.from < row.to, { path: ['to'], error: 'is not after `from`' });

const tickets = z.strictObject({
  number: text,
  kind: z.enum(['outage', 'emergency', 'billing', 'meter', 'service', 'callback']),
  priority: z.enum(['normal', 'high', 'urgent']).default('normal'),
  state: z.enum(['open', 'in_progress', 'done']),
  customerCode: code.exactOptional(),
  place: text.exactOptional(),
  phone: phone.exactOptional(),
  summary: text,
  details: json(z.record(z.string(), z.string())).default({}),
  createdAt: time,
  history: json(z.array(z.strictObject({ at: time, state: text, note: text.exactOptional() }))).default([]),
});

const email = z.email('is not a mail address').transform((address) => address.toLowerCase());

const accounts = z
  .strictObject({
    id: text,
    name: text,
    kind: z
      .string()
      .regex(/^[a-z][a-z_]*$/, 'is not a kind like business')
      .default('business'),
    sites: json(z.array(z.strictObject({ code, name: text })).min(1)),
    contacts: json(
      z
        .array(
          z
            .strictObject({ id: text, name: text, email: email.exactOptional(), phone: phone.exactOptional() })
            .refine((one) => one.email !== undefined || one.phone !== undefined, 'have neither email nor phone'),
        )
        .min(1),
    ),
  })
  .refine((row) => isEachOnce(row.sites.map((site) => site.code)), { path: ['sites'], error: 'name a code twice' })
  .refine((row) => isEachOnce(row.contacts.map((one) => one.id)), { path: ['contacts'], error: 'name an id twice' });

/** A record as the file gives it; the import adds its stamp. */
type Imported<Kind extends RecordKind> = Omit<RecordKinds[Kind], 'version'>;

/** What a row of each kind must look like: described for people in `docs/data-format.md`. */
export const RECORD_SCHEMAS: { readonly [Kind in RecordKind]: z.ZodType<Imported<Kind>> } = {
  customers,
  bills,
  payments,
  outages,
  tickets,
  accounts,
};

export const RECORD_KINDS = Object.keys(RECORD_SCHEMAS) as readonly RecordKind[];

function isEachOnce(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
