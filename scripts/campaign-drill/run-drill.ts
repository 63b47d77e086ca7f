import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTokens } from '../../src/integrations/channels/web/tokens.ts';
import { dayOf, endOf, timeOf } from '../../src/integrations/local-time.ts';
import { createRandomIds } from '../../src/integrations/random-ids.ts';
import { startMailServer } from '../../test/support/mail-server.ts';
import { startSmsGateway } from '../../test/support/sms-gateway.ts';
import { startFakeTelegram } from '../../test/support/telegram/fake-telegram.ts';
import { customerAt } from '../explore/web-customer.ts';
import { openZaloStage, STAGE_SECRET_KEY, type ZaloStage } from '../soak/zalo-stage.ts';
import { STAGE_START } from '../stage-clock.ts';
import { chatOf, createPhones, type Phones } from '../storm-drill/phones.ts';
import { type DrillJudgement, judgeDrill } from './judge-drill.ts';
import { planRecipients } from './plan-recipients.ts';
import { importOutage, type SeededRecipient, seedRecipients, TEMPLATE_ID, writeDrillRules } from './seed-drill.ts';
import { type Customer, shownTo, type Way } from './shown-to.ts';
import { type ProductWatch, watchProduct, zaloCalls } from './watch-product.ts';

export interface DrillResult extends DrillJudgement {
  readonly recipients: number;
  /** Told, by the way on which it came. */
  readonly zalo: number;
  readonly telegram: number;
  readonly web: number;
  readonly sms: number;
  readonly email: number;
  /** Have said no, before or in the night. */
  readonly optedOut: number;
  readonly kills: number;
  /** Messages of which the product says that nobody knows whether they arrived. */
  readonly uncertain: number;
  /** Sends that were under way at the kills. */
  readonly underWay: number;
  /** The most calls that Zalo had in a minute of its clock. */
  readonly zaloMinute: number;
  readonly tookS: number;
}

/** Shares of the recipients who have been told when the process is killed. */
const KILL_AT = [0.5, 0.75];
/** About a quarter is told before the quiet hours, at 250 a second. */
const BEFORE_QUIET_MS_EACH = 1;
const SHORTEST_EVENING_MS = 1_500;
/** The product looks through its records so often. */
const RECORDS_MS = 60_000;
/** So long after their beginning the quiet hours are looked at. */
const LATER_MS = 3_000;
/** Larger than what the OA of a utility may send a day; what the package of an OA holds is its own matter. */
const MANY = 1_000_000;
const LOOKS = 3;
/** After so long the product looks itself what became of a notice. */
const LOST_MS = 5 * 60_000;

/**
 * One campaign to all recipients, on Zalo, Telegram and the web chat, by the product as a process of its own. It begins
 * shortly before the quiet hours, so that they cut it in two; some say no in the night. The next morning it goes on, and
 * on the way the process is killed twice.
 */
export async function runDrill(recipients: number, say: (line: string) => void): Promise<DrillResult> {
  const startedAt = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-drill-'));
  const now = () => stage.now();
  const telegram = await startFakeTelegram(undefined, now);
  const [gateway, mail] = [await startSmsGateway(now), await startMailServer(now)];
  let people: readonly SeededRecipient[] = [];
  let path = '';
  const stage: ZaloStage = await openZaloStage({
    simulator: { seed: 'campaign', settings: { quota: { templateDaily: MANY, packageTotal: MANY } } },
    env: {
      ...{ NOTICE_RULES: writeDrillRules(folder), SMS_URL: gateway.url },
      ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
      ...{ EMAIL_SMTP_URL: mail.url, EMAIL_FROM: 'bot@dienluc.example', EMAIL_REQUIRES_TLS: 'false' },
      ZALO_TEMPLATES: `outage_new=${TEMPLATE_ID}`,
    },
    async prepare(databasePath, control) {
      path = databasePath;
      const at = { path, control, telegramToken: telegram.token };
      people = await seedRecipients(planRecipients(recipients), at);
    },
  });
  try {
    for (const { fate, channel, number } of people) {
      if (fate === 'blocked' && channel === 'telegram') {
        telegram.blocked.add(chatOf(number));
      }
    }
    const phones = createPhones({ stage, telegram, onNews: () => undefined });
    const watch = watchProduct(stage);
    const drill = { stage, phones, watch, path, say, customers: openPhones(stage, phones, people) };
    say(
      `${recipients} have subscribed, ${people.filter(({ fate }) => fate === 'out').length} of them have said no since`,
    );
    const { quietFrom, morning, out } = await playNight(drill);
    const underWay = await playMorning(drill);
    await lookAtAll(drill);
    const shown = shownTo(drill.customers, gateway, mail);
    const uncertain = watch.uncertain();
    const told = new Set(people.map(({ conversationId }) => conversationId).filter((id) => !out.has(id)));
    const judged = judgeDrill(shown, { ...{ told, out, uncertain, underWay, quietFrom, morning } });
    const by = (way: Way) => shown.filter((one) => one.way === way).length;
    const { refused, fullestMinute } = zaloCalls(stage.control);
    return {
      ...{ recipients, zalo: by('zalo'), telegram: by('telegram'), web: by('web'), sms: by('sms'), email: by('email') },
      ...{ optedOut: out.size, kills: KILL_AT.length, underWay, zaloMinute: fullestMinute },
      ...judged,
      violations: [
        ...judged.violations,
        ...(refused === 0 ? [] : [`Zalo refused ${refused} calls that were too many`]),
      ],
      uncertain: uncertain.size,
      tookS: Math.round((performance.now() - startedAt) / 1_000),
    };
  } finally {
    await stage.close();
    await Promise.all([telegram.stop(), gateway.stop(), mail.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Drill {
  readonly stage: ZaloStage;
  readonly phones: Phones;
  readonly watch: ProductWatch;
  readonly path: string;
  readonly customers: readonly Customer[];
  readonly say: (line: string) => void;
}

function openPhones(stage: ZaloStage, phones: Phones, people: readonly SeededRecipient[]): readonly Customer[] {
  const clock = { now: () => stage.now() };
  const tokens = createTokens({ key: STAGE_SECRET_KEY, account: 'main', clock, ids: createRandomIds(clock.now) });
  const visitOf = (visitor: string) => () =>
    customerAt(() => stage.address, { conversationId: visitor, token: tokens.issue('conversation', { visitor }) });
  return people.map((person) => {
    const { channel, number, zaloUser, visitor } = person;
    const phone = phones.open(channel, number, {
      ...(zaloUser !== undefined && { zaloUser }),
      ...(visitor !== undefined && { visit: visitOf(visitor) }),
    });
    return { person, phone };
  });
}

/** The campaign begins in the evening, rests, and is not begun anew with those who say no in the night. */
async function playNight({ stage, watch, path, customers, say }: Drill) {
  const quietFrom = timeOf(dayOf(STAGE_START), '22:00');
  const morning = timeOf(dayOf(endOf(dayOf(quietFrom))), '07:00');
  const evening = quietFrom - Math.max(customers.length * BEFORE_QUIET_MS_EACH, SHORTEST_EVENING_MS);
  await stage.jump(evening - RECORDS_MS - stage.now());
  await importOutage(path, stage.now());
  await stage.jump(Math.max(evening - stage.now(), 0));
  await sleep(quietFrom + LATER_MS - stage.now());
  say(`${watch.settled()} were told when the quiet hours had begun`);
  const asked = customers.filter(({ person }) => person.fate === 'doubtful' && watch.isUntold(person));
  for (const { phone } of asked) {
    phone.say('ngừng nhận tin');
  }
  await watch.until(() => asked.every(({ person }) => watch.hasSaidNo(person)));
  say(`${asked.length} have said no in the night`);
  await stage.jump(morning - stage.now());
  const before = customers.filter(({ person }) => person.fate === 'out');
  return { quietFrom, morning, out: new Set([...before, ...asked].map(({ person }) => person.conversationId)) };
}

/** Kills it on the way; returns how many sends were under way then. */
async function playMorning({ stage, watch, customers, say }: Drill): Promise<number> {
  let underWay = 0;
  for (const share of KILL_AT) {
    await watch.until(() => watch.settled() >= customers.length * share);
    await stage.server().kill();
    const cut = watch.underWay();
    underWay += cut;
    say(`killed when ${watch.settled()} were told and ${cut} sends were under way`);
    await stage.restart();
  }
  await watch.until(watch.isSent);
  // Whoever was to say what became of some may have died: then it is looked for after a while.
  for (let look = 0; look < LOOKS && watch.given() > 0; look += 1) {
    await stage.jump(LOST_MS);
    await watch.until(() => watch.given() === 0);
    await watch.until(watch.isSent);
  }
  // Whatever would come twice comes now.
  await sleep(LATER_MS);
  say('the campaign is done');
  return underWay;
}

/** Everybody comes back to his page; a look that failed is done again. */
async function lookAtAll({ phones, customers, watch }: Drill): Promise<void> {
  const hasAll = () =>
    customers.every(
      ({ person, phone }) => person.channel !== 'web' || person.fate !== 'told' || phone.seen().length > 0,
    );
  for (let look = 0; look === 0 || (look < LOOKS && !hasAll()); look += 1) {
    await watch.until(watch.isUp);
    await phones.lookAtAll();
  }
}
