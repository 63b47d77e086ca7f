import type { DeskAgent, SeenHold } from './agent-at-nodes.ts';
import type { DeskPlan } from './plan-desk.ts';
import type { WebCustomer } from './web-customer.ts';

/** What was said in a conversation with an agent in it, in the order of saying. */
export interface DeskTalk {
  readonly conversationId: string;
  readonly customerIds: readonly string[];
  readonly lines: readonly string[];
  readonly holds: readonly SeenHold[];
}

export interface DeskStage {
  readonly customer: WebCustomer;
  readonly agent: DeskAgent;
  /** Says it twice at once. */
  say(id: string, text: string): Promise<void>;
  untilAnswered(id: string, text: string): Promise<void>;
  /** Resolves with what `wait` does; the clocks are turned while that takes long. */
  during<T>(wait: () => Promise<T>): Promise<T>;
}

/** Plays what was planned. */
export async function talkAtDesk(plan: DeskPlan, { customer, agent, ...stage }: DeskStage): Promise<DeskTalk> {
  const customerIds: string[] = [];
  const lines: string[] = [];

  async function say(text: string): Promise<string> {
    const own = `d${customerIds.length}`;
    customerIds.push(own);
    await stage.say(own, text);
    return own;
  }

  async function ask(text: string): Promise<void> {
    await stage.untilAnswered(await say(text), text);
  }

  async function beTakenOver(): Promise<void> {
    if (plan.from === 'queue') {
      await ask('cho gặp nhân viên');
      await agent.takeOver();
      return;
    }
    const [own] = await Promise.all([say('giá điện sinh hoạt bao nhiêu'), agent.takeOver()]);
    await agent.untilHeard(own);
  }

  async function hear(number: number, { isInterrupted, sent }: DeskPlan['lines'][number]): Promise<void> {
    const text = `Dạ, em là nhân viên trực, đây là câu thứ ${number} của em ạ.`;
    lines.push(text);
    const [own] = await Promise.all([
      isInterrupted ? say(`tôi nói thêm trong lúc chờ câu ${number}`) : undefined,
      agent.say(number, text, sent),
    ]);
    await stage.during(() => customer.waitFor((seen) => seen.some((each) => each.text === text), `"${text}"`));
    if (own !== undefined) {
      await agent.untilHeard(own);
    }
  }

  await ask('chào em');
  await beTakenOver();
  for (const [index, line] of plan.lines.entries()) {
    await hear(index + 1, line);
  }
  await agent.endHold();
  if (plan.isGivenBack) {
    await agent.giveBack(plan.lines.length + 1);
    await ask('mai chỗ mình có cúp điện không');
  }
  return { conversationId: agent.conversationId, customerIds, lines, holds: agent.holds };
}
