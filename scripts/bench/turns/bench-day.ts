import { CONTACT } from './messages.ts';
import { type LoadPart, playRound, type ServerPart, startLoad, startServerPart } from './parts.ts';

export interface DayResult {
  readonly contacts: number;
  readonly messages: number;
  readonly answers: number;
  readonly minutes: number;
  readonly turnsPerSecond: number;
  readonly turnsPerCpuSecond: number;
  /** From the message to its answer at the channel, ms. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface DayOptions {
  readonly contacts: number;
  /** Messages a second; as fast as they are answered when not given. */
  readonly rate?: number | undefined;
}

const AT_ONCE = 50;
/** Numbers below belong to those from whom the answers are learned. */
const FIRST_CONTACT = 1_000;

/**
 * A day of so many contacts, each with ten messages, on the embedded engine: all as fast as they are answered, or at a
 * rate that does not wait. Throws when a message is not answered, or answered twice.
 */
export async function benchDay({ contacts, rate }: DayOptions): Promise<DayResult> {
  const load = await startLoad();
  const server = await startServerPart('lang-nghe', load.sinkUrl);
  const messages = contacts * CONTACT.length;
  try {
    const answersTo = await learnAnswers(load, server);
    const expected = contacts * answersTo.reduce((sum, answers) => sum + answers, 0);
    const order = {
      shape: 'telegram' as const,
      ...{ utterances: CONTACT, answersTo, turns: CONTACT.length },
      ...{ contacts, firstContact: FIRST_CONTACT, atOnce: AT_ONCE },
      ...(rate !== undefined && { rate }),
    };
    const { seconds, answers, cpuSeconds, p50, p95, p99 } = await playRound(load, [server], order, expected);
    return {
      ...{ contacts, messages, answers },
      minutes: Number((seconds / 60).toFixed(2)),
      turnsPerSecond: Math.round(messages / seconds),
      turnsPerCpuSecond: Math.round(messages / cpuSeconds),
      ...{ p50: rounded(p50), p95: rounded(p95), p99: rounded(p99) },
    };
  } finally {
    await server.stop();
    load.stop();
  }
}

/** How many messages answer each of a contact, from contacts who stop after the first, the second and so on. */
async function learnAnswers(load: LoadPart, server: ServerPart): Promise<readonly number[]> {
  const afterSo: number[] = [0];
  for (let turns = 1; turns <= CONTACT.length; turns += 1) {
    const before = await load.answers();
    await load.play({
      ...{ ports: [server.port], shape: 'telegram', utterances: CONTACT, turns },
      ...{ contacts: 1, firstContact: turns, atOnce: 1 },
    });
    await server.cpuSeconds();
    afterSo.push((await load.answers()) - before);
  }
  return CONTACT.map((_, number) => (afterSo[number + 1] ?? 0) - (afterSo[number] ?? 0));
}

function rounded(ms: number): number {
  return Number(ms.toFixed(1));
}
