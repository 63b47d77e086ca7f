import { describe, expect, test } from '@jest/globals';
import { ACTIONS } from '../../src/dialogs/actions.ts';
import type { Dialog, DialogNode } from '../../src/dialogs/dialog.ts';
import type { AdvanceInput } from '../../src/dialogs/dialog-engine.ts';
import type { RunAction } from '../../src/dialogs/run-action.ts';
import { loadTrees } from '../support/load-trees.ts';
import { createEngineStage, TRANSCRIPT_NOW } from '../support/transcript-stage.ts';
import { understandingOf } from '../support/understanding-of.ts';
import { answerFor, resultOf } from '../support/walk-driver.ts';

const { byId, dialogs, engine } = loadTrees();
const CODE = 'PB06010001234';
const VERIFIED = { [CODE]: { level: 'verified', validUntil: TRANSCRIPT_NOW + 3_600_000 } } as const;
/** Said around a request, or before every other: nothing that could wait. */
const NOT_SECOND = ['greeting', 'thanks-goodbye', 'bot-identity', 'out-of-scope', 'handoff', 'emergency'];
const requests = dialogs.filter(({ id, startsOn }) => startsOn.length > 0 && !NOT_SECOND.includes(id));
const MOST_TURNS = 20;

/** Everything is found: the first outcome of each action. */
const run: RunAction = async (name) => resultOf(name, Object.keys(ACTIONS[name]?.outcomes ?? {})[0] ?? '');

const pairs = requests.flatMap((first) =>
  requests
    .filter((second) => second !== first && !first.covers.includes(second.id))
    .map((second) => [first.id, second.id, first.startsOn[0] ?? '', second.startsOn[0] ?? ''] as const),
);

/** The choice that ends the matter, or else one that stays in the dialog: "không cần nữa", "đúng rồi". */
function lastWord(dialog: Dialog | undefined, node: DialogNode | undefined): string {
  const choices = node?.kind === 'choose' ? node.choices : [];
  const going = choices.find(({ next }) => next === 'end') ?? choices.find(({ next }) => dialog?.nodes[next]);
  return going?.label ?? 'không';
}

/** The dialogs that are entered when a customer asks for two things and then answers what is asked, wanting no more. */
async function entered(intent: string, secondIntent: string): Promise<ReadonlySet<string>> {
  const stage = createEngineStage(engine, VERIFIED);
  const seen = new Set<string>();
  let input: AdvanceInput = { understanding: understandingOf('việc này với việc kia', { intent, secondIntent }) };
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const { path } = await stage.hear({ understanding: input.understanding, content: {} }, run);
    const { stack } = stage.dialogs();
    for (const { dialog } of [...path, ...stack]) {
      seen.add(dialog);
    }
    const frame = stack.at(-1);
    if (frame === undefined) {
      break;
    }
    const dialog = byId.get(frame.dialog);
    const node = dialog?.nodes[frame.node];
    const isAsked = node?.kind === 'ask';
    input = { understanding: isAsked ? answerFor(node.slots[0] ?? '') : understandingOf(lastWord(dialog, node)) };
  }
  return seen;
}

describe('two requests in one message', () => {
  test.each(pairs)('%s and then %s are both served', async (first, second, intent, secondIntent) => {
    const seen = await entered(intent, secondIntent);
    expect([...seen]).toEqual(expect.arrayContaining([first, second]));
  });

  test('are not served twice where the first tells what the second would', async () => {
    const seen = await entered('bill_explain_high', 'bill_lookup');
    expect([...seen]).not.toContain('bill-lookup');
  });
});
