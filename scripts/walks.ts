import { walkConversation } from '../test/dialogs/walks/walk-conversation.ts';
import { readFlags } from './read-flags.ts';

/** Walks of one seed lie apart from those of another. */
const BETWEEN_SEEDS = 1_000_000;
const MOST_TOLD = 10;

const USAGE = `Random conversations over all dialog trees, agents and files among them. Ends with 1 when one goes wrong.

  npm run walks -- [--seed 1] [--walks 10000] [--turns 10] [--only WALK]

  --only  one walk alone, as the report of a fault names it`;

const { values } = readFlags(USAGE, {
  options: {
    seed: { type: 'string', default: '1' },
    walks: { type: 'string', default: '10000' },
    turns: { type: 'string', default: '10' },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);
const first = values.only === undefined ? 1 : Number(values.only);
const last = values.only === undefined ? Number(values.walks) : first;
let taken = 0;
let faults = 0;
for (let walk = first; walk <= last; walk += 1) {
  const { wasTaken, fault } = await walkConversation(seed * BETWEEN_SEEDS + walk, Number(values.turns));
  taken += wasTaken ? 1 : 0;
  if (fault !== undefined) {
    faults += 1;
    if (faults <= MOST_TOLD) {
      console.error(`  walk ${walk} (--seed ${seed} --only ${walk}): ${fault}`);
    }
  }
}
const verdict = faults === 0 ? 'every one came to an end.' : `${faults} WENT WRONG.`;
console.log(`seed ${seed}: ${last - first + 1} walks, ${taken} with an agent: ${verdict}`);
process.exitCode = faults === 0 ? 0 : 1;
