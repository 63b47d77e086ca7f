import type { InboundEvent } from '../../src/bot/message.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import { type ChannelHarness, channelAdapterContract } from '../contracts/channel-adapter.contract.ts';
import { createFakeChat } from '../support/fake-chat.ts';
import { SECRET, startWebServer } from '../support/web-server.ts';

async function buildWebHarness(): Promise<ChannelHarness> {
  const chat = createFakeChat();
  const received: InboundEvent[] = [];
  let isBroken = false;
  const server = await startWebServer(chat, {
    async receive(event) {
      if (isBroken) {
        throw new Error('the disk is full');
      }
      received.push(event);
      return chat.receive(event);
    },
  });
  const sessions = new Map<string, { conversationId: string; token: string }>();
  for (const customer of ['lan', 'minh']) {
    const answer = await fetch(`${server.url}/chat/session`, { method: 'POST' });
    sessions.set(customer, (await answer.json()) as { conversationId: string; token: string });
  }
  const session = (customer: string) => sessions.get(customer) ?? { conversationId: '', token: '' };
  const activities = (customer: string) =>
    `${server.url}/v3/directline/conversations/${session(customer).conversationId}/activities`;

  return {
    adapter: server.channel.adapter,
    account: 'main',
    customerOf: (customer) => session(customer).conversationId,
    received: () => received,
    breakInbox() {
      isBroken = true;
    },
    async deliver({ customer, id, text, isForged }) {
      const speaker = isForged ? 'minh' : customer;
      const answer = await fetch(activities(customer), {
        method: 'POST',
        headers: { authorization: `Bearer ${session(speaker).token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'message', from: { id: 'boss' }, text, channelData: { clientActivityID: id } }),
      });
      return answer.ok ? 'acknowledged' : 'refused';
    },
    async shown(customer: string, reply: Reply) {
      const id = `web:main:${session(customer).conversationId}`;
      const seq = chat.say(id, reply, { delivery: 'sending' });
      const message = chat.messages(id).find((one) => one.seq === seq);
      if (message === undefined) {
        throw new Error('The fake chat has lost a message.');
      }
      const outcome = await server.channel.adapter.send({ message, idempotencyKey: `${id}/${seq}` });
      chat.setDelivery(id, seq, outcome.result === 'accepted' ? 'accepted' : 'failed');
      const answer = await fetch(activities(customer), { headers: { authorization: `Bearer ${SECRET}` } });
      const { activities: seen } = (await answer.json()) as { activities: { channelData: unknown }[] };
      // Not the copy for our widget: any client of the protocol must be able to show it.
      return JSON.stringify(seen.map((activity) => ({ ...activity, channelData: undefined })));
    },
    stop: () => server.stop(),
  };
}

channelAdapterContract('web', { hasVendor: false }, buildWebHarness);
