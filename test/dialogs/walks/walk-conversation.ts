import type { DialogState } from '../../../src/dialogs/dialog.ts';
import { toPlainText } from '../../../src/dialogs/reply.ts';
import { loadTrees } from '../../support/load-trees.ts';
import { createMemoryChain } from '../../support/memory-chain.ts';
import { createDeskStage, type Step } from '../../support/transcript-stage.ts';
import { understandingOf } from '../../support/understanding-of.ts';
import { randomFrom } from './random-pick.ts';
import { runWith, stepOf, type Walked } from './random-step.ts';

const { byId, engine } = loadTrees();
const TURNS = 10;
const MOST_CANCELS = 5;
const DEEPEST = 4;
const LARGEST_STATE = 30_000;

export interface WalkEnd {
  /** An agent took the conversation over. */
  readonly wasTaken: boolean;
  /** What went wrong, with the turn; the walk stops there. */
  readonly fault?: string;
}

/** One conversation of random messages, taps, files and agents, and then "cancel" until nothing is open. */
export async function walkConversation(seed: number, turns = TURNS): Promise<WalkEnd> {
  const pick = randomFrom(seed);
  const run = runWith(pick, {});
  const stage = createDeskStage(engine, {}, { store: createMemoryChain() });
  let holder = 'none';
  let wasTaken = false;
  for (let turn = 0; turn < turns; turn += 1) {
    let step: Walked;
    try {
      step = await stepOf(pick, stage, holder, run);
    } catch (error) {
      return { wasTaken, fault: `turn ${turn} threw ${error instanceof Error ? error.stack : String(error)}` };
    }
    const after = holderAfter(step);
    const fault = faultIn(step, { holder, after, state: stage.dialogs() });
    if (fault !== undefined) {
      return { wasTaken, fault: `turn ${turn} (${holder} → ${after}) ${fault}` };
    }
    wasTaken ||= after === 'agent' && holder !== 'agent';
    holder = after;
  }
  if (holder === 'agent') {
    await stage.act({ act: 'release' }, run);
  }
  for (let cancels = 0; cancels < MOST_CANCELS && stage.dialogs().stack.length > 0; cancels += 1) {
    const understanding = understandingOf('thôi khỏi đi', { intent: 'cancel' });
    await stage.hear({ understanding, content: { text: understanding.utterance } }, run);
  }
  const { stack } = stage.dialogs();
  return stack.length > 0 ? { wasTaken, fault: `cannot be ended: ${JSON.stringify(stack)}` } : { wasTaken };
}

interface After {
  readonly holder: string;
  readonly after: string;
  readonly state: DialogState;
}

function faultIn(step: Walked, { holder, after, state }: After): string | undefined {
  if (wrongWords(step, holder, after)) {
    return `said ${JSON.stringify(step.replies)}`;
  }
  const asked = askedAgain(state);
  if (asked !== undefined) {
    return `asks for ${asked}, which was given: ${JSON.stringify(state)}`;
  }
  const depth = state.stack.filter((frame) => frame.called !== true).length;
  const isSound = state.stack.every((frame) => byId.get(frame.dialog)?.nodes[frame.node] !== undefined);
  const isBad = depth > DEEPEST || !isSound || JSON.stringify(state).length > LARGEST_STATE;
  return isBad ? `left ${JSON.stringify(state)}` : undefined;
}

/** The slot that the open question asks for although the conversation has it. */
function askedAgain(state: DialogState): string | undefined {
  const frame = state.stack.at(-1);
  const node = frame && byId.get(frame.dialog)?.nodes[frame.node];
  return node?.kind === 'ask' ? node.slots.find((slot) => frame?.slots[slot] !== undefined) : undefined;
}

function holderAfter({ ending = 'bot' }: Step): string {
  return ending.split(' ')[0] ?? '';
}

/** What is wrong with what was said, if anything is. */
function wrongWords({ replies, wasWords }: Walked, before: string, after: string): boolean {
  const said = replies.filter(({ author }) => author !== 'agent').map(({ reply }) => toPlainText(reply));
  const text = said.join('\n');
  // A sticker, or one more picture of a row, may go without an answer; words may not.
  const isSilent = said.length === 0 && wasWords && before !== 'agent' && after !== 'agent';
  const bySelf = replies.filter(({ author }) => author === 'bot').map(({ reply }) => toPlainText(reply));
  // While an agent holds the conversation, only safety words come from the bot; after a release it may answer.
  const speaksOver = before === 'agent' && after === 'agent' && bySelf.length > 0 && !text.includes('⚠️');
  return isSilent || speaksOver || said.length > 12 || /[{}]|undefined/.test(text);
}
