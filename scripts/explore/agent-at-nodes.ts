import { conversationId } from '../../src/bot/conversation.ts';
import type { ConversationAnswer } from '../../src/integrations/agent-desk/desk-api/conversation.ts';
import type { DeskCaller } from '../storm-drill/desk-caller.ts';
import type { Sending } from './plan-desk.ts';
import { type Manner, patiently, readAll, type SeenActivity, type WebCustomer } from './web-customer.ts';

/** An agent's holding of a conversation that nothing has broken off, as it was seen from outside. */
export interface SeenHold {
  /** Numbers of the last messages at its beginning and at its end. */
  readonly from: number;
  readonly to: number;
  /** Messages of the bot that reached the customer meanwhile although they were not on their way when it began. */
  readonly late: readonly number[];
}

/** An agent and one conversation. What he does has a number: the take-over is 0. */
export interface DeskAgent {
  readonly conversationId: string;
  /** What he has held, from a take-over to `endHold`. */
  readonly holds: readonly SeenHold[];
  takeOver(): Promise<void>;
  say(number: number, text: string, sent: Sending): Promise<void>;
  /** Until the desk shows what the customer has said under this id. */
  untilHeard(id: string): Promise<void>;
  /** Sees what has come of his holding; he must do nothing that ends it before. */
  endHold(): Promise<void>;
  giveBack(number: number): Promise<void>;
}

export interface AgentStage {
  readonly customer: WebCustomer;
  /** Logged in; goes to another node with every call. */
  readonly desk: DeskCaller;
  readonly manner: Manner;
  /** The address for the n-th act, another one for each further attempt at it. */
  addressFor(act: number): () => string;
  /** Called when the n-th act is about to begin. */
  beginAct(act: number): void;
  /** Resolves with what `wait` does; the clocks are turned while that takes long. */
  during<T>(wait: () => Promise<T>): Promise<T>;
  /** Differs whenever a clock has been turned; `undefined` while a node is stopped: then nobody knows what is on its way. */
  certainty(): number | undefined;
}

interface OpenHold {
  readonly epoch: number;
  readonly from: number;
  /** Messages that the customer had, or that were on their way; `undefined`: nobody knows. */
  readonly known: ReadonlySet<number> | undefined;
}

export function createAgentAtNodes({ customer, desk, manner, ...stage }: AgentStage): DeskAgent {
  const id = conversationId({ channel: 'web', account: 'main', customer: customer.visitor });
  const holds: SeenHold[] = [];
  let held: OpenHold | undefined;
  let claims = 0;

  const look = () => desk.get<ConversationAnswer>(`conversation?id=${encodeURIComponent(id)}`);

  /** Until the desk has carried it out; what got no answer is the same act when it is made again. */
  async function act(number: number, key: string, more: () => Promise<object> = async () => ({})): Promise<void> {
    const [name = ''] = key.split('-');
    const actor = desk.at(stage.addressFor(number));
    const attempt = async () => {
      const refusal = await actor.refusalOf(`acts/${name}`, {
        ...{ conversationId: id, key: `explore-${key}` },
        ...(await more()),
      });
      if (refusal === 'not_holder') {
        // He was taken for gone: he takes it over again.
        held = undefined;
        await claim(number);
      } else if (refusal !== undefined && refusal !== 'stale_screen') {
        throw new Error(`refused: ${refusal}`);
      }
      // Somebody has written: he looks, and says it all the same.
      return refusal === undefined ? true : undefined;
    };
    await stage.during(() => patiently(attempt, { ...manner, why: `the act ${name}` }));
  }

  async function claim(number: number): Promise<void> {
    const before = stage.certainty();
    claims += 1;
    await act(number, `claim-${claims}`);
    const { state, openAttempts } = await look();
    const known = new Set([...openAttempts.map(({ seq }) => seq), ...ofBot(await readAll(customer))]);
    const isSure = before !== undefined && before === stage.certainty();
    held = { epoch: state.epoch, from: state.messageSeq, known: isSure ? known : undefined };
  }

  return {
    ...{ conversationId: id, holds },
    takeOver() {
      stage.beginAct(0);
      return claim(0);
    },
    async say(number, text, sent) {
      const sayAt = (node: number) =>
        act(node, `say-${number}`, async () => ({ text, seenSeq: (await look()).state.messageSeq }));
      stage.beginAct(number);
      const first = sayAt(number);
      if (sent === 'again') {
        await first;
      }
      await Promise.all([first, ...(sent === 'once' ? [] : [sayAt(number + 1)])]);
    },
    async untilHeard(own) {
      const isThere = async () => (await look()).messages.some(({ authorId }) => authorId?.endsWith(`/${own}`));
      const why = `the customer's message ${own} at the desk`;
      await stage.during(() => patiently(async () => (await isThere()) || undefined, { ...manner, why }));
    },
    async endHold() {
      const begun = held;
      const seen = await readAll(customer);
      const { state } = await look();
      if (begun !== undefined && state.holder === 'agent' && state.epoch === begun.epoch) {
        const late = begun.known === undefined ? [] : ofBot(seen).filter((seq) => begun.known?.has(seq) !== true);
        holds.push({ from: begun.from, to: state.messageSeq, late });
      }
    },
    giveBack(number) {
      stage.beginAct(number);
      return act(number, 'release-1');
    },
  };
}

/** Numbers of what the bot has said to the customer. */
function ofBot(seen: readonly SeenActivity[]): readonly number[] {
  return seen.filter(({ from }) => from === 'bot').map(({ id }) => Number(id.replace('s-', '')));
}
