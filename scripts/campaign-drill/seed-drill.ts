import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import type { Control } from '../../simulators/zalo/control/create-control.ts';
import { conversationId } from '../../src/bot/conversation.ts';
import { botIdOf } from '../../src/integrations/channels/telegram/settings.ts';
import { loadUtility } from '../../src/integrations/load-utility.ts';
import { openSqliteStorage } from '../../src/integrations/storage/sqlite/open-storage.ts';
import type { Storage } from '../../src/integrations/storage/storage.ts';
import { DATA_FOLDER } from '../../src/load-content.ts';
import { STAGE_START, stageClock } from '../stage-clock.ts';
import { chatOf } from '../storm-drill/phones.ts';
import { PACES, type Recipient, UNIT } from './plan-recipients.ts';

/** A recipient at his phone or page. */
export interface SeededRecipient extends Recipient {
  readonly conversationId: string;
  /** At Zalo. */
  readonly zaloUser?: string;
  /** At the web chat. */
  readonly visitor?: string;
}

/** Stands in every notice of the campaign, on every channel. */
export const MARK = 'DRILL-250';
/** Zalo's number of the template of a new outage. */
export const TEMPLATE_ID = '7900001';
const AT_ONCE = 2_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Gives the recipients their phones, contracts and subscriptions. */
export async function seedRecipients(
  recipients: readonly Recipient[],
  { path, control, telegramToken }: { path: string; control: Control; telegramToken: string },
): Promise<readonly SeededRecipient[]> {
  approveTemplate(control);
  const people = recipients.map((recipient) => withPhone(recipient, control, telegramToken));
  await withStorage(path, async (storage) => {
    for (let start = 0; start < people.length; start += AT_ONCE) {
      await keep(storage, people.slice(start, start + AT_ONCE));
    }
  });
  return people;
}

function withPhone(recipient: Recipient, control: Control, telegramToken: string): SeededRecipient {
  const { number, channel, fate, isWindowOpen } = recipient;
  if (channel === 'zalo') {
    const wrote = isWindowOpen ? { lastInteractionAt: STAGE_START - HOUR_MS } : {};
    const { id } = control.createUser({ name: `Khách ${number}`, ...wrote });
    control.block(id, fate === 'blocked');
    const account = control.world().settings.oa.id;
    return { ...recipient, zaloUser: id, conversationId: conversationId({ channel, account, customer: id }) };
  }
  if (channel === 'telegram') {
    const [account, customer] = [botIdOf(telegramToken), String(chatOf(number))];
    return { ...recipient, conversationId: conversationId({ channel, account, customer }) };
  }
  const visitor = `v${number}`;
  return { ...recipient, visitor, conversationId: conversationId({ channel, account: 'main', customer: visitor }) };
}

async function keep(storage: Storage, people: readonly SeededRecipient[]): Promise<void> {
  await storage.records.put(
    'customers',
    people.map(({ code, phone, email }) => ({
      ...{ code, name: 'Khách hàng thử', address: 'Đường thử', province: 'Tây Ninh', unit: UNIT },
      ...{ tariffGroup: 'household', households: 1, connection: 'connected', version: 'drill' },
      ...(phone !== undefined && { phone }),
      ...(email !== undefined && { email }),
    })),
  );
  await Promise.all(
    people.map(async ({ code, fate, channel, isWindowOpen, ...person }) => {
      const consent = { version: 1, at: STAGE_START, words: 'Đồng ý.' };
      const wish = { topic: 'planned_outage', customerCode: code } as const;
      const isVerified = person.phone !== undefined || person.email !== undefined;
      await storage.subscriptions.start({ ...wish, conversationId: person.conversationId, isVerified, consent });
      if (fate === 'out') {
        await storage.optOuts.add(person.conversationId);
      }
      if (channel === 'zalo' && isWindowOpen) {
        await storage.zalo.interactions.note(person.conversationId, STAGE_START - HOUR_MS);
      }
    }),
  );
}

/** The planned outage that the campaign is about, as an import brings it. */
export async function importOutage(path: string, now: number): Promise<void> {
  await withStorage(path, (storage) =>
    storage.records.put('outages', [
      {
        ...{ id: 'DRILL-1', kind: 'planned', state: 'scheduled', unit: UNIT, area: `Khu ${MARK}` },
        ...{
          province: 'Tây Ninh',
          communes: [],
          feeders: [],
          from: now + 3 * DAY_MS,
          to: now + 3 * DAY_MS + 4 * HOUR_MS,
        },
        ...{ version: 'drill', updatedAt: now },
      },
    ]),
  );
}

/** The rules of the product but for the paces; returns the file. */
export function writeDrillRules(folder: string): string {
  const rules = load(readFileSync(join(DATA_FOLDER, 'notices/rules.yaml'), 'utf8')) as {
    pace_per_second: Record<string, number>;
  };
  const file = join(folder, 'drill-rules.yaml');
  writeFileSync(file, dump({ ...rules, pace_per_second: { ...rules.pace_per_second, ...PACES } }));
  return file;
}

interface WrittenTemplate {
  readonly name: string;
  readonly text: string;
  readonly parameters: readonly { readonly name: string; readonly longest: number }[];
}

/** As `data/notices/templates.yaml` says that it is to be registered. */
function approveTemplate(control: Control): void {
  const { templates } = load(readFileSync(join(DATA_FOLDER, 'notices/templates.yaml'), 'utf8')) as {
    templates: readonly WrittenTemplate[];
  };
  const written = templates.find(({ name }) => name === 'outage_new');
  if (written === undefined) {
    throw new Error('data/notices/templates.yaml has no template outage_new.');
  }
  control.approveTemplate({
    ...{ id: TEMPLATE_ID, name: written.name, tag: 2, text: written.text, canGoByUserId: true },
    parameters: written.parameters.map(({ name, longest }) => ({
      ...{ name, maxLength: longest, isRequired: true, isNumber: false },
    })),
  });
}

async function withStorage<T>(path: string, work: (storage: Storage) => Promise<T>): Promise<T> {
  const mediaFolder = join(tmpdir(), 'lang-nghe-drill-media');
  const storage = openSqliteStorage({ path, mediaFolder, clock: stageClock, ...loadUtility() });
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}
