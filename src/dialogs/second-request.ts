import type { Understanding } from '../nlu/understanding.ts';
import { type DialogWorld, dialogNamed } from './dialog-world.ts';
import { foldWords } from './fold-words.ts';

/** Between two requests: "tiền điện với lịch cúp điện". At the end of a message ("giúp với") they join nothing. */
const JOINING = / (?:voi|voi lai|va|ngoai ra|tien the|luon tien|sau do|roi cho) \S+ \S/;
/** Beside a joining word even a faint second guess is worth asking about: it costs a look-up, not an act. */
const WORTH_DOING = 0.05;
/** What is said around a request, or goes before every other. */
const NO_REQUESTS: ReadonlySet<string> = new Set([
  'greeting',
  'thanks_goodbye',
  'bot_identity',
  'out_of_scope',
  'talk_to_human',
  'safety_emergency',
]);

/** The dialog of a further request in the same message; none where the first one answers it as well. */
export function secondRequest(world: DialogWorld, understanding: Understanding, first: string): string | undefined {
  const { covers } = dialogNamed(world, first);
  return intentsBeside(understanding)
    .filter((intent) => !NO_REQUESTS.has(intent))
    .flatMap((intent) => world.byIntent.get(intent) ?? [])
    .find((dialog) => dialog !== first && !covers.includes(dialog));
}

function intentsBeside({ secondIntent, alternatives, utterance, decision }: Understanding): readonly string[] {
  if (secondIntent !== undefined) {
    return [secondIntent];
  }
  // What was heard by its words alone leaves no guess worth following.
  const isJoined = decision === 'accept' && JOINING.test(foldWords(utterance));
  return isJoined ? alternatives.filter(({ confidence }) => confidence >= WORTH_DOING).map(({ intent }) => intent) : [];
}
