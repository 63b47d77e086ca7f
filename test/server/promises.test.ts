import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { freePort, startServerProcess } from '../../scripts/explore/server-process.ts';
import { createWebCustomer, type SeenActivity } from '../../scripts/explore/web-customer.ts';
import { useDemoServer } from '../support/servers/demo-server.ts';

const CUSTOMERS = 100;
const AT_ONCE = 8;
const TIMEOUT_MS = 120_000;

/** The real server as a process of its own, asked over real HTTP. */
describe('the running server', () => {
  const demo = useDemoServer(TIMEOUT_MS);

  const base = demo.address;
  const repliesAfter = (seen: readonly SeenActivity[], id: string) => {
    const own = seen.findIndex((activity) => activity.id === `c-${id}`);
    const next = seen.findIndex((activity, index) => index > own && activity.from === 'customer');
    return own < 0 ? -1 : seen.slice(own + 1, next < 0 ? undefined : next).length;
  };

  test(
    'answers each of 100 events once though each is delivered twice',
    async () => {
      const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => createWebCustomer(base)));
      const statuses = await Promise.all(
        customers.flatMap((customer) => [customer.post('m1', 'chào em'), customer.post('m1', 'chào em')]),
      );
      expect(new Set(statuses)).toEqual(new Set([200]));
      const histories = await Promise.all(
        customers.map((customer) => customer.waitFor((seen) => repliesAfter(seen, 'm1') > 0, 'an answer')),
      );
      const [first] = histories;
      const expected = first?.map((activity) => `${activity.from}: ${activity.text}`);
      expect(expected?.filter((line) => line.startsWith('customer'))).toHaveLength(1);
      for (const customer of customers) {
        const seen = await customer.history();
        expect(seen.map((activity) => `${activity.from}: ${activity.text}`)).toEqual(expected);
      }
    },
    TIMEOUT_MS,
  );

  test(
    'handles 8 parallel messages of each of 100 customers in one turn each, in order, and loses none',
    async () => {
      const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => createWebCustomer(base)));
      const ids = Array.from({ length: AT_ONCE }, (_, index) => `m${index}`);
      const statuses = await Promise.all(
        customers.flatMap((customer) => ids.map((id) => customer.post(id, `chào em lần ${id}`))),
      );
      expect(new Set(statuses)).toEqual(new Set([200]));
      for (const customer of customers) {
        const seen = await customer.waitFor(
          (history) => ids.every((id) => repliesAfter(history, id) > 0),
          'an answer to each of the parallel messages',
        );
        const own = seen.filter((activity) => activity.from === 'customer').map((activity) => activity.id);
        expect([...own].sort()).toEqual(ids.map((id) => `c-${id}`));
      }
    },
    TIMEOUT_MS,
  );

  test(
    'asked to stop in the middle of the work, ends with code 0 and leaves nothing half-written',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'lang-nghe-stop-'));
      const port = await freePort();
      const first = await startServerProcess({ dataFolder: folder, port });
      const customers = await Promise.all(Array.from({ length: 20 }, () => createWebCustomer(() => first.address)));
      const posting = customers.map((customer) => customer.post('m1', 'chào em').catch(() => 0));
      await Promise.race(posting);
      expect(await first.stop()).toBe(0);
      const acknowledged = await Promise.all(posting);
      const second = await startServerProcess({ dataFolder: folder, port });
      for (const [index, customer] of customers.entries()) {
        if (acknowledged[index] === 200) {
          const seen = await customer.waitFor((history) => repliesAfter(history, 'm1') > 0, 'the answer');
          expect(seen.filter((activity) => activity.from === 'customer')).toHaveLength(1);
        }
      }
      expect(acknowledged).toContain(200);
      await second.kill();
      await rm(folder, { recursive: true, force: true });
    },
    TIMEOUT_MS,
  );
});
