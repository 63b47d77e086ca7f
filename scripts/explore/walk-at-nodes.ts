import type { ConversationAnswer } from '../../src/integrations/agent-desk/desk-api/conversation.ts';
import { type DeskCaller, logInAtDesk } from '../storm-drill/desk-caller.ts';
import { createAgentAtNodes } from './agent-at-nodes.ts';
import { talkAtDesk } from './desk-talk.ts';
import { judgeDeskTalk } from './judge-desk-talk.ts';
import type { NodeCluster } from './node-cluster.ts';
import type { DeskPlan } from './plan-desk.ts';
import { awaitFault } from './plan-faults.ts';
import { toLine } from './transcripts.ts';
import type { NodeWaits } from './wait-at-nodes.ts';
import { createWebCustomer, readAll, type SeenActivity, type WebCustomer } from './web-customer.ts';

/** What has come of one customer: what there is to judge when all is at rest, or why he did not get to the end. */
export type Walked = { readonly holds: number; judge(): Promise<readonly string[]> } | { readonly failed: string };

/** The end of a conversation that stands in a report. */
const LINES_TOLD = 4;

/** A customer who says one line after the other, each when he has an answer to the last. */
export async function walkJourney(
  waits: NodeWaits,
  journey: readonly string[],
  judge: (seen: readonly SeenActivity[]) => readonly string[],
): Promise<Walked> {
  return told(waits, `The customer of "${journey[0]}"`, async (customer) => {
    for (const [index, text] of journey.entries()) {
      await sayTwice(customer, `m${index}`, text);
      await untilAnswered(waits, customer, `m${index}`, text);
    }
    return { holds: 0, judge: async () => judge(await readAll(customer)) };
  });
}

/** A customer whose conversation an agent takes over, as it was planned. */
export async function walkWithAgent(
  waits: NodeWaits,
  cluster: NodeCluster,
  plan: DeskPlan,
  onStruck: (what: string) => void,
): Promise<Walked> {
  const { nodes } = cluster;
  const { manner, during } = waits;
  return told(waits, 'The customer with an agent', async (customer) => {
    const account = { login: plan.login, password: `demo-${plan.login}` };
    const desk = await logInAtDesk(waits.anyNode, account, manner);
    const agent = createAgentAtNodes({
      ...{ customer, desk, manner, during },
      addressFor(act) {
        let next = plan.node + act;
        return () => nodes[next++ % nodes.length]?.address() ?? '';
      },
      beginAct(act) {
        if (act === plan.fault.act) {
          awaitFault(nodes, plan.fault, (what) => onStruck(`${what} of act ${act} of the agent`));
        }
      },
      certainty: () => (nodes.some((node) => node.isPaused()) ? undefined : cluster.turnedMs()),
    });
    const talk = await talkAtDesk(plan, {
      ...{ customer, agent, during },
      say: (id, text) => sayTwice(customer, id, text),
      untilAnswered: (id, text) => untilAnswered(waits, customer, id, text),
    });
    return {
      holds: talk.holds.length,
      judge: async () =>
        judgeDeskTalk(talk, await readAll(customer), await threadsOf(cluster, desk, talk.conversationId)),
    };
  });
}

/** Twice at once, to two nodes: it is one message all the same. */
async function sayTwice(customer: WebCustomer, id: string, text: string): Promise<void> {
  await Promise.all([customer.say(id, text), customer.say(id, text)]);
}

async function untilAnswered({ during }: NodeWaits, customer: WebCustomer, id: string, text: string): Promise<void> {
  await during(() =>
    customer.waitFor((seen) => {
      const own = seen.findIndex((activity) => activity.id === `c-${id}`);
      return own >= 0 && seen.slice(own + 1).some(({ from }) => from === 'bot');
    }, `an answer to "${text}"`),
  );
}

/** The messages of a conversation as the desk of each node shows them. */
function threadsOf({ nodes }: NodeCluster, desk: DeskCaller, id: string) {
  return Promise.all(
    nodes.map(async (node) => {
      const path = `conversation?id=${encodeURIComponent(id)}`;
      return (await desk.at(() => node.address()).get<ConversationAnswer>(path)).messages;
    }),
  );
}

/** Who does not come to the end says how far he has come. */
async function told(
  { anyNode, manner }: NodeWaits,
  who: string,
  walking: (customer: WebCustomer) => Promise<Walked>,
): Promise<Walked> {
  let seen: readonly SeenActivity[] = [];
  try {
    const customer = await createWebCustomer(anyNode, manner);
    try {
      return await walking(customer);
    } catch (error) {
      seen = await customer.history().catch(() => []);
      throw error;
    }
  } catch (error) {
    return { failed: `${who}: ${String(error)} Last seen: ${JSON.stringify(seen.slice(-LINES_TOLD).map(toLine))}.` };
  }
}
