import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { isDay } from './days.ts';
import type { Tariffs } from './tariff.ts';

const day = z.string().refine(isDay, 'is not a day YYYY-MM-DD');
const hour = z.string().regex(/^\d\d:\d\d$/, 'is not an hour HH:mm');
const month = z.string().regex(/^\d{4}-\d\d$/, 'is not a month YYYY-MM');
const count = z.number().int().positive();
const percent = z.number().min(0);
const text = z.string().min(1);

const householdFile = z.strictObject({
  verifiedOn: day,
  widths: z.array(count),
  rows: z
    .array(
      z.strictObject({
        decision: text,
        from: day,
        prices: z.array(count),
        prepaid: count.exactOptional(),
        average: z.number().positive(),
        source: text,
      }),
    )
    .min(1),
  decidedTiers: z.strictObject({
    decision: text,
    decidedOn: day,
    widths: z.array(count),
    percentOfAverage: z.array(percent),
    source: text,
  }),
});

const groupPrices = z.strictObject({
  label: text,
  normal: count,
  offPeak: count.exactOptional(),
  peak: count.exactOptional(),
});

const groupsFile = z.strictObject({
  rows: z.array(z.strictObject({ decision: text, from: day, source: text, groups: z.record(text, groupPrices) })),
});

const vatFile = z.strictObject({
  rows: z.array(z.strictObject({ rate: percent, from: day, to: day, basis: text, source: text })),
});

const hours = z.array(z.strictObject({ days: z.array(z.number().int().min(1).max(7)), from: hour, to: hour }));

const peakFile = z.strictObject({
  verifiedOn: day,
  rows: z.array(
    z.strictObject({
      decision: text,
      state: z.enum(['in_force', 'decided']),
      from: day.exactOptional(),
      decidedOn: day.exactOptional(),
      peak: hours,
      offPeak: hours,
      source: text,
    }),
  ),
});

const normsFile = z.strictObject({
  tenants: z.strictObject({
    basis: text,
    from: day,
    peoplePerHousehold: count,
    singlePriceTier: count,
    source: text,
  }),
  landlord: z.strictObject({ basis: text, from: day, fineFrom: count, fineTo: count, source: text }),
  support: z.strictObject({ basis: text, from: day, kwh: count, policyHouseholdLimitKwh: count, source: text }),
  reductions: z.array(
    z.strictObject({
      id: text,
      label: text,
      basis: text,
      condition: text,
      billMonths: z.array(month),
      upToKwh: count,
      percentUpTo: percent,
      percentAbove: percent,
      source: text,
    }),
  ),
});

const DEFAULT_FOLDER = join(import.meta.dirname, '../../data/tariffs');

/** Reads `data/tariffs`. Throws with the file's name and the place when something is wrong in it. */
export function loadTariffs(folder: string = DEFAULT_FOLDER): Tariffs {
  const household = read(folder, 'household.yaml', householdFile);
  const norms = read(folder, 'norms.yaml', normsFile);
  const tariffs: Tariffs = {
    verifiedOn: household.verifiedOn,
    households: household.rows.map((row) => ({ ...row, widths: household.widths })).sort(byDay),
    groups: read(folder, 'other-groups.yaml', groupsFile).rows.sort(byDay),
    vat: read(folder, 'vat.yaml', vatFile).rows.sort(byDay),
    peakHours: read(folder, 'peak-hours.yaml', peakFile).rows,
    decidedTiers: household.decidedTiers,
    ...norms,
  };
  checkRows(tariffs, folder);
  return tariffs;
}

function read<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const path = join(folder, name);
  const result = schema.safeParse(load(readFileSync(path, 'utf8')));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(`${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}. Mend this file.`);
  }
  return result.data;
}

/** What a schema cannot say: one price for each tier, and no day with two rates of VAT. */
function checkRows(tariffs: Tariffs, folder: string): void {
  for (const row of [...tariffs.households, decidedAsRow(tariffs)]) {
    if (row.prices.length !== row.widths.length + 1) {
      throw new Error(`${folder}/household.yaml: ${row.decision} needs ${row.widths.length + 1} prices.`);
    }
  }
  tariffs.vat.forEach((row, index) => {
    const previous = tariffs.vat[index - 1];
    if (row.to < row.from || (previous !== undefined && row.from <= previous.to)) {
      throw new Error(`${folder}/vat.yaml: the row from ${row.from} overlaps another one or ends before it begins.`);
    }
  });
}

function decidedAsRow({ decidedTiers }: Tariffs) {
  return { ...decidedTiers, prices: decidedTiers.percentOfAverage };
}

function byDay(one: { readonly from: string }, other: { readonly from: string }): number {
  return one.from < other.from ? -1 : 1;
}
