import { type ChannelHarness, channelAdapterContract } from '../contracts/channel-adapter.contract.ts';
import { CREDENTIALS, outMessage, START, startFakeZalo, startZaloBench } from '../support/zalo-bench.ts';

const CS = '/v3.0/oa/message/cs';
const HELLO = { kind: 'text', text: 'Dạ vâng ạ.' } as const;

async function buildZaloHarness(): Promise<ChannelHarness> {
  let isBroken = false;
  const received: ChannelHarness['received'] extends () => readonly (infer E)[] ? E[] : never = [];
  const bench = await startZaloBench({
    async receive(event) {
      if (isBroken) {
        throw new Error('the disk is full');
      }
      received.push(event);
      return 'stored';
    },
  });
  let delivered = 0;
  let sent = 0;
  const failing =
    (answer: object | 'drop' | 'hang', path = CS) =>
    async () => {
      sent += 1;
      bench.zalo.next(path, answer);
      return bench.say(HELLO, 1_000 + sent);
    };
  const closed = await startFakeZalo();
  await closed.stop();
  const dead = await startZaloBench({ settings: { openapiBase: closed.url } });

  return {
    adapter: bench.channel.adapter,
    account: CREDENTIALS.oaId,
    customerOf: (customer) => customer,
    received: () => received,
    breakInbox() {
      isBroken = true;
    },
    async deliver({ customer, id, text, isForged }) {
      delivered += 1;
      const event = {
        app_id: CREDENTIALS.appId,
        event_name: 'user_send_text',
        timestamp: String(START + delivered),
        sender: { id: customer },
        recipient: { id: CREDENTIALS.oaId },
        message: { msg_id: `${customer}-${id}`, text },
      };
      const before = received.length;
      const status = await bench.post(event, isForged ? { signature: `mac=${'0'.repeat(64)}` } : {});
      // A forgery is answered with 200 as well, or the address could not be saved in Zalo's console.
      return status === 200 && received.length > before ? 'acknowledged' : 'refused';
    },
    async shown(customer, reply) {
      sent += 1;
      const before = bench.zalo.sent().length;
      const message = outMessage(reply, sent, `zalo:${CREDENTIALS.oaId}:${customer}`);
      const outcome = await bench.channel.adapter.send({ message, idempotencyKey: `${customer}/${sent}` });
      const calls = bench.zalo.sent().slice(before);
      await bench.post({
        app_id: CREDENTIALS.appId,
        event_name: 'oa_send_text',
        timestamp: String(START + sent),
        sender: { id: CREDENTIALS.oaId },
        recipient: { id: customer },
        message: { msg_id: bench.zalo.lastId(), text: 'as Zalo tells it' },
      });
      return outcome.result === 'accepted'
        ? JSON.stringify(calls.map(({ json }) => json)).replaceAll('\\n', '\n')
        : outcome.reason;
    },
    taken: () => bench.zalo.sent().length,
    failures: [
      { name: 'nothing listens', covers: 'unreachable', provoke: () => dead.say(HELLO), expected: 'retry' },
      { name: 'the answer is lost', provoke: failing('drop'), expected: 'unknown' },
      { name: 'the answer never comes', covers: 'no_answer', provoke: failing('hang'), expected: 'unknown' },
      {
        name: 'a page of a server in trouble',
        covers: 'server_error',
        provoke: failing({ page: 502 }),
        expected: 'retry',
      },
      { name: 'success without an id', provoke: failing({ error: 0, data: {} }), expected: 'unknown' },
      { name: 'the window is closed', provoke: failing({ error: -230, message: 'x' }), expected: 'refused' },
      { name: 'the number of the error is a string', provoke: failing({ error: '-213' }), expected: 'refused' },
      // The last one: after it nothing is sent until the minute is over.
      { name: 'too many calls', provoke: failing({ error: -32, message: 'limit' }), expected: 'wait' },
    ],
    async stop() {
      await bench.stop();
      await dead.stop();
    },
  };
}

channelAdapterContract('zalo', { hasVendor: true, paintsCharts: true }, buildZaloHarness);
