import { parseArgs } from 'node:util';
import { createCrashExplorer } from './explore/explore-crashes.ts';
import { journeys } from './explore/journeys.ts';
import { createRandom } from './explore/seeded-random.ts';

/** `npm run explore -- --seed N --runs M`: kills the server at seeded write boundaries and checks what a customer sees. */
const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, runs: { type: 'string', default: '20' } },
});
const seed = Number(values.seed);
const runs = Number(values.runs);
const MOST_CRASHES = 3;

const explorer = await createCrashExplorer();
let violations = 0;
try {
  const expectations = await Promise.all(journeys.map((journey) => explorer.expect(journey)));
  const [firstExpected, ...others] = expectations;
  for (let run = 0; run < runs && firstExpected !== undefined; run += 1) {
    const random = createRandom(seed + run);
    const expected = random.pick([firstExpected, ...others]);
    const plan = Array.from({ length: random.integer(1, MOST_CRASHES) }, () => random.integer(1, expected.boundaries));
    const wrong = await explorer.run([plan], expected);
    violations += wrong.length === 0 ? 0 : 1;
    console.log(
      `seed ${seed + run}: ${expected.journey.name}, killed at ${plan.join(', ')}: ${wrong.join(' ') || 'ok'}`,
    );
  }
} finally {
  await explorer.close();
}
console.log(`${runs} runs, ${violations} violations.`);
process.exitCode = violations === 0 ? 0 : 1;
