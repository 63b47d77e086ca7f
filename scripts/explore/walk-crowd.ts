import type { CrowdJourney, CrowdStep } from './crowd-journeys.ts';
import type { CrowdServer } from './crowd-server.ts';
import type { CrowdTick } from './plan-crowd.ts';
import { readDemoSms } from './read-demo-sms.ts';
import type { WebCustomer } from './web-customer.ts';

/** A customer of the crowd, what he will say, and the phone that he has beside him. */
export interface Talk {
  readonly customer: WebCustomer;
  readonly journey: CrowdJourney;
  readonly phone: string;
}

/** One that is to be acknowledged; resolves with the status. */
interface Message {
  readonly seat: number;
  post(): Promise<number>;
}

/** A message that so many servers have not acknowledged will never be. */
const MOST_TRIES = 20;

/** Plays tick after tick; resolves with how often the server died while a message of each seat was under way. */
export async function walkCrowd(
  server: CrowdServer,
  ticks: readonly CrowdTick[],
  talks: readonly Talk[],
  picture: Uint8Array<ArrayBuffer>,
): Promise<readonly number[]> {
  const said = talks.map(() => 0);
  const struck = talks.map(() => 0);
  for (const tick of ticks) {
    const messages = await prepare(tick);
    const before = server.deaths().length;
    await server.planDeath(tick.strike ?? 0, tick.strikeAgain ?? 0);
    await send(tick, messages);
    for (const { seat } of messages) {
      struck[seat] = (struck[seat] ?? 0) + server.deaths().length - before;
    }
  }
  return struck;

  async function prepare({ order }: CrowdTick): Promise<readonly Message[]> {
    const messages: Message[] = [];
    for (const { seat } of order) {
      const talk = seat === 'chores' ? undefined : talks[seat];
      const index = seat === 'chores' ? 0 : (said[seat] ?? 0);
      const step = talk?.journey.steps[index];
      if (seat !== 'chores' && talk !== undefined && step !== undefined) {
        said[seat] = index + 1;
        messages.push({ seat, post: await prepareStep(talk, step, `m${index}`) });
      }
    }
    return messages;
  }

  async function prepareStep({ customer, phone }: Talk, step: CrowdStep, id: string): Promise<Message['post']> {
    if (step === 'picture') {
      return () => customer.postPicture(id, picture);
    }
    const text = step === 'one-time code' ? await newestCode(phone) : step.say;
    return () => customer.post(id, text);
  }

  async function newestCode(phone: string): Promise<string> {
    const newest = (await readDemoSms(server.address)).findLast(({ to }) => to === phone);
    // Without one the customer asks for it, and his talk is no longer the one that is expected.
    return /\b\d{6}\b/.exec(newest?.text ?? '')?.[0] ?? 'chưa thấy mã đâu hết';
  }

  /** All at once, and again whatever no server has acknowledged, until one comes to rest. */
  async function send({ order }: CrowdTick, messages: readonly Message[]): Promise<void> {
    let open = messages;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      await server.up();
      const seats = new Set(open.map(({ seat }) => seat));
      await server.letIn(
        order.flatMap(({ seat, rounds }) => {
          const visitor = seat === 'chores' ? 'chores' : talks[seat]?.customer.visitor;
          return visitor !== undefined && (seat === 'chores' || seats.has(seat)) ? [{ visitor, rounds }] : [];
        }),
      );
      const results = await Promise.all(open.map(({ post }) => post().catch(() => 0)));
      open = open.filter((_, index) => results[index] !== 200);
      if (results.includes(0)) {
        await server.untilDead();
      } else if ((await server.isAtRest()) && open.length === 0) {
        return;
      }
    }
    throw new Error(`${open.length} messages were acknowledged by none of ${MOST_TRIES} servers.`);
  }
}
