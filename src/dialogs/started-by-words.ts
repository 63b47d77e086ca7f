import { type DialogWorld, nodeAt } from './dialog-world.ts';
import { foldWords, hasWords } from './fold-words.ts';
import { chainStart } from './stack.ts';
import type { TurnDraft } from './turn-draft.ts';

/** The dialog whose words occur in what nothing else was made of: "nhà có người thở máy". */
export function startedByWords(world: DialogWorld, { understanding }: TurnDraft): string | undefined {
  const text = foldWords(understanding.utterance);
  return [...world.dialogs.values()].find(({ startsOnWords }) => startsOnWords.some((words) => hasWords(text, words)))
    ?.id;
}

/** "Ủa mà mã ở đâu" while a code is waited for beneath: about that code, not about the office of what was told since. */
export function startedBeforeAll(world: DialogWorld, turn: TurnDraft): string | undefined {
  const beneath = turn.stack.slice(0, chainStart(turn.stack)).map((frame) => nodeAt(world, frame));
  const waits = beneath.some((node) => node.kind === 'ask' && node.slots.includes('customer_code'));
  return waits && turn.understanding.decision !== 'accept' ? startedByWords(world, turn) : undefined;
}
