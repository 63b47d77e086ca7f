import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createNodesExplorer, type NodesExplorer } from '../../scripts/explore/explore-nodes.ts';
import { describeIfServer } from '../support/servers/describe-if-server.ts';
import { findProgram } from '../support/servers/find-program.ts';
import { findMongo } from '../support/servers/start-mongo.ts';

const TIMEOUT_MS = 300_000;
const missing =
  findMongo() === undefined
    ? 'a MongoDB-compatible server'
    : findProgram('redis-server') === undefined
      ? 'Redis'
      : undefined;

/** Seeds that hit two nodes with every kind of fault; those that have found something are added here. */
const SEEDS = [1, 2];

describeIfServer('two nodes under faults', missing, () => {
  let explorer: NodesExplorer;

  beforeAll(async () => {
    explorer = await createNodesExplorer(2);
  }, TIMEOUT_MS);
  afterAll(() => explorer?.close());

  test.each(SEEDS)(
    'lose nothing, answer nothing twice and nothing out of order (seed %i)',
    async (seed) => {
      const { faults, wrong } = await explorer.run(seed);
      expect(wrong).toEqual([]);
      expect(faults).not.toEqual([]);
    },
    TIMEOUT_MS,
  );
});
