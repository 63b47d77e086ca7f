import type { Understanding } from '../nlu/understanding.ts';
import { isClosing, SURE_OF_ANOTHER } from './after-told.ts';
import type { DialogState, Topic } from './dialog.ts';
import type { DialogWorld } from './dialog-world.ts';
import { wordsBeside } from './fill-slots.ts';
import { foldWords, hasWords } from './fold-words.ts';
import type { Standing } from './move.ts';
import type { TurnDraft } from './turn-draft.ts';

/** After that long a few words are no further question about what was told. */
const TOPIC_HOLDS_MS = 15 * 60_000;
/** What follows from words of the topic's own: "hết bao nhiêu tiền" is too short to be anything but a further question, unless it is quite sure. */
const SURE_OF_ANOTHER_IN_FEW_WORDS = 0.99;
const FEW_WORDS = 4;
/** A question of more words says what it is about. */
const MOST_WORDS = 6;

/** Words around a question that say nothing of what is asked: "vậy em … ạ", "thế còn … thì sao". */
const AROUND = new Set(
  'vay the con roi ma thi sao a da oi em anh chi co chu bac minh toi tui con chau nhe nha di z v zay dzay khong ko k hok'.split(
    ' ',
  ),
);

/**
 * A further question about what was just told, and the dialog that answers it: "hết bao nhiêu tiền" after the papers for
 * a new connection, "momo được không" after the ways to pay, "gọi số nào" after anything.
 */
export function asksOn(world: DialogWorld, turn: TurnDraft, at: Standing | undefined): string | undefined {
  if (at !== undefined && !isClosing(at.node)) {
    return undefined;
  }
  const { understanding, topic } = turn;
  const topics = at?.chain.map((frame) => frame.dialog) ?? (topic === undefined ? [] : [topic.dialog]);
  const text = foldWords(understanding.utterance);
  const isAsked = (words: string) => hasWords(text, words) && !isOther(understanding, text, words, at);
  return (
    topics.find((dialog) => world.topics.get(dialog)?.some(isAsked)) ??
    (topics.length > 0 && isElliptic(understanding) ? inContext(world, understanding, text, topics) : undefined)
  );
}

/** Understood by itself as something else than what the topic's own words would mean. */
function isOther(understanding: Understanding, text: string, words: string, at: Standing | undefined): boolean {
  const { decision, confidence } = understanding;
  if (decision !== 'accept' || isNothingBut(text, words)) {
    return false;
  }
  const isFew = wordsBeside(understanding) <= FEW_WORDS;
  const isPhrase = words.includes(' ');
  if (at === undefined && !(isFew && isPhrase)) {
    return true;
  }
  // "Giá mua" after solar panels says more than the one word "giá", which stands in every question about prices.
  return confidence >= (isFew || isPhrase ? SURE_OF_ANOTHER_IN_FEW_WORDS : SURE_OF_ANOTHER);
}

/** "Vậy nộp ở đâu ạ": nothing is asked beside these words, so that they mean what they mean here. */
function isNothingBut(text: string, words: string): boolean {
  const rest = ` ${text} `.replace(` ${words} `, ' ').trim();
  return rest.split(' ').every((word) => word === '' || AROUND.has(word));
}

/** Too short, and too doubtful, to stand by itself. */
function isElliptic(understanding: Understanding): boolean {
  return understanding.decision !== 'accept' && wordsBeside(understanding) <= MOST_WORDS;
}

/** Of what is in doubt the topic is meant, or what its words lead to; else what is asked after any topic alike. */
function inContext(
  world: DialogWorld,
  { decision, alternatives }: Understanding,
  text: string,
  topics: readonly string[],
): string | undefined {
  const best = decision === 'clarify' ? world.byIntent.get(alternatives[0]?.intent ?? '') : undefined;
  const wordsOf = (dialog: string) => [...(world.topics.get(dialog) ?? []), ...firstWords(world, dialog)];
  if (best !== undefined && topics.includes(best) && wordsOf(best).length > 0) {
    return best;
  }
  const near = topics.flatMap((dialog) => world.dialogs.get(dialog)?.followedBy ?? []);
  return [...topics, ...near, ...world.commonTopics].find((dialog) =>
    wordsOf(dialog).some((words) => hasWords(text, words)),
  );
}

/** The words by which a dialog begins in one way or another. */
function firstWords(world: DialogWorld, id: string): readonly string[] {
  const dialog = world.dialogs.get(id);
  const first = dialog?.nodes[dialog.first];
  return first?.kind === 'choose' && first.by === 'words' ? first.choices.flatMap(({ words }) => words) : [];
}

/** What the talk was about until now, unless it is too long ago. */
export function topicAt({ topic }: DialogState, now: number | undefined): Topic | undefined {
  return topic !== undefined && now !== undefined && now - topic.at <= TOPIC_HOLDS_MS ? topic : undefined;
}

/** What the talk is about after a turn: the request that it has told something of last. */
export function topicAfter(world: DialogWorld, { path, stack, topic }: TurnDraft, now: number): Topic | undefined {
  const spoken = [...path, ...stack.slice(-1)].map(({ dialog }) => dialog);
  const dialog = spoken.findLast((id) => isTopic(world, id));
  return dialog === undefined ? topic : { dialog, at: now };
}

function isTopic(world: DialogWorld, id: string): boolean {
  return world.dialogs.get(id)?.startsOn.some((intent) => !NO_TOPICS.has(intent)) === true;
}

/** Requests after which there is nothing to ask on about. */
const NO_TOPICS: ReadonlySet<string> = new Set(['greeting', 'thanks_goodbye', 'talk_to_human', 'out_of_scope']);
