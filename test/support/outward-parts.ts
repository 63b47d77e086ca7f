import { conversationId } from '../../src/bot/conversation.ts';
import type { KeptMedia } from '../../src/bot/media.ts';
import type { TrackedMessage } from '../../src/bot/message.ts';
import type { Reply } from '../../src/dialogs/reply.ts';
import type { Channel } from '../../src/integrations/channels/channel.ts';
import { createAddressSeal } from '../../src/integrations/sealed-address.ts';

/** What the channels that only go outward need around them: who opted out, what was told as delivered, what was logged. */
export function createOutwardParts() {
  const out = new Set<string>();
  const files = new Map<string, KeptMedia>();
  const receipts: string[] = [];
  const log: string[] = [];
  const write = (...words: unknown[]) => void log.push(JSON.stringify(words));
  return {
    ...{ out, receipts, files },
    ownFiles: { open: async (url: string) => files.get(url) },
    logged: log,
    clock: { now: () => 0 },
    addresses: createAddressSeal('a key of the test that is long enough'),
    optOuts: {
      add: async (id: string) => void out.add(id),
      remove: async (id: string) => void out.delete(id),
      has: async (id: string) => out.has(id),
    },
    deliveries: {
      receipt: async (id: string, seq: number, state: string) => void receipts.push(`${id}/${seq} ${state}`),
    },
    log: { info: write, warn: write, error: write },
  };
}

export type OutwardParts = ReturnType<typeof createOutwardParts>;

let sent = 0;

/** Sends a reply to an address as the outbox would. */
export async function sendTo(channel: Channel, parts: OutwardParts, address: string, reply: Reply) {
  sent += 1;
  const name = channel.adapter.channel;
  const id = conversationId({ channel: name, account: 'main', customer: parts.addresses.seal(name, address) });
  const message: TrackedMessage = {
    ...{ seq: sent, direction: 'out', author: 'system', at: 0, reply, epoch: 0, conversationId: id, version: 1 },
  };
  const idempotencyKey = `${id}/${sent}`;
  return { id, seq: sent, outcome: await channel.adapter.send({ message, idempotencyKey }) };
}
