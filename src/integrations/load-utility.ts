import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { foldWords } from '../dialogs/fold-words.ts';

const text = z.string().min(1);
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'is not a day YYYY-MM-DD');

const corporation = z.strictObject({
  id: text,
  name: text,
  /** As spoken; the first one is the button's. */
  hotlines: z.array(z.string().regex(/^[\d ]+$/)).min(1),
  website: text,
  email: text.exactOptional(),
  app: text.exactOptional(),
  since: day,
  source: text,
  areas: z.array(z.strictObject({ province: text, includes: z.array(text).default([]) })),
});

const corporationsFile = z.strictObject({ ours: text, bot: text, verifiedOn: day, corporations: z.array(corporation) });

const prefixesFile = z.strictObject({
  rows: z.array(
    z.strictObject({
      prefix: z.string().regex(/^[A-Z]{2}[0-9A-Z]{0,4}$/),
      corporation: text,
      company: text.exactOptional(),
      from: day.exactOptional(),
      to: day.exactOptional(),
      source: text,
    }),
  ),
});

export type Corporation = Readonly<z.infer<typeof corporation>>;

/** Whom we speak for, and who serves whom. */
export interface Utility {
  readonly ours: Corporation;
  /** How the bot is called. */
  readonly botName: string;
  readonly corporations: readonly Corporation[];
  /** Who serves the customer with this code on a day; `undefined` for a code of nobody. */
  corporationOfCode(code: string, day: string): Corporation | undefined;
  /** Who serves a place as nlu names it; `undefined` when its province is not named or not known. */
  corporationOfPlace(place: string): Corporation | undefined;
  /** All names of the province that has this name, old or new, folded; none when it is no province. */
  provinceNames(name: string): readonly string[];
}

const DEFAULT_FOLDER = join(import.meta.dirname, '../../data/utility');

/** Reads `data/utility`. Throws with the file's name when something is wrong in it. */
export function loadUtility(folder: string = DEFAULT_FOLDER): Utility {
  const { ours: oursId, bot: botName, corporations } = read(folder, 'corporations.yaml', corporationsFile);
  const { rows } = read(folder, 'code-prefixes.yaml', prefixesFile);
  const byId = new Map(corporations.map((row) => [row.id, row]));
  const prefixes = [...rows].sort((one, other) => other.prefix.length - one.prefix.length);
  const ours = byId.get(oursId);
  const nobody = prefixes.find((row) => !byId.has(row.corporation));
  if (ours === undefined || nobody !== undefined) {
    throw new Error(
      `${folder}: there is no corporation ${nobody?.corporation ?? oursId}. Add it to corporations.yaml.`,
    );
  }
  const areas = areasByName(corporations);

  return {
    ours,
    botName,
    corporations,
    corporationOfCode(code, onDay) {
      const row = prefixes.find(
        ({ prefix, from = onDay, to = onDay }) => code.startsWith(prefix) && from <= onDay && onDay <= to,
      );
      return row && byId.get(row.corporation);
    },
    corporationOfPlace: (place) => areas.get(provinceKey(place.split('/').at(-1) ?? ''))?.corporation,
    provinceNames: (name) => areas.get(provinceKey(name))?.names ?? [],
  };
}

/** The first hotline, as it is said and as it is dialled. */
export function hotlineOf({ hotlines }: Corporation): { readonly hotline: string; readonly hotline_tel: string } {
  const hotline = hotlines[0] ?? '';
  return { hotline, hotline_tel: hotline.replaceAll(' ', '') };
}

interface Area {
  readonly corporation: Corporation;
  readonly names: readonly string[];
}

function areasByName(corporations: readonly Corporation[]): ReadonlyMap<string, Area> {
  const areas = new Map<string, Area>();
  for (const owner of corporations) {
    for (const { province, includes } of owner.areas) {
      const names = [province, ...includes].map(foldWords);
      for (const name of names) {
        areas.set(name, { corporation: owner, names });
      }
    }
  }
  return areas;
}

function provinceKey(name: string): string {
  return foldWords(name).replace(/^(tinh|thanh pho|tp) /, '');
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
