import type { Attachment } from '../../../src/bot/message.ts';
import { ACTIONS, FAILED, outcomesOf } from '../../../src/dialogs/actions.ts';
import type { Identities } from '../../../src/dialogs/identity.ts';
import type { ActionResult, RunAction } from '../../../src/dialogs/run-action.ts';
import { type AgentWish, type Step, TRANSCRIPT_NOW, type TranscriptStage } from '../../support/transcript-stage.ts';
import { understandingOf } from '../../support/understanding-of.ts';
import { inputOf } from './random-input.ts';
import type { Pick } from './random-pick.ts';

const FILES: readonly Attachment['kind'][] = ['image', 'audio', 'video', 'file', 'location', 'sticker', 'contact'];
const AGENT_WISHES: readonly AgentWish[] = [
  { act: 'say', text: 'Dạ em nghe ạ.' },
  { act: 'release' },
  { act: 'requeue', note: 'Cần người khác' },
  { act: 'close', wrapUp: 'solved' },
];
/** Actions that end in any of their outcomes, whatever they are given. */
export function runWith(pick: Pick, identities: Record<string, Identities[string]>): RunAction {
  return async (name, slots): Promise<ActionResult> => {
    const action = ACTIONS[name];
    const outcome = pick(outcomesOf(action as NonNullable<typeof action>));
    if (outcome === FAILED || action?.outcomes[outcome] === undefined) {
      throw new Error(`${name} is down`);
    }
    if (name === 'check_otp' && outcome === 'verified') {
      identities[slots['customer_code'] ?? ''] = { level: 'verified', validUntil: TRANSCRIPT_NOW + 3_600_000 };
      return { outcome, identities };
    }
    const sets = action.outcomes[outcome]?.sets ?? [];
    return { outcome, slots: Object.fromEntries(sets.map((slot) => [slot, `«${slot}»`])) };
  };
}

export interface Walked extends Step {
  /** The customer wrote or tapped something. */
  readonly wasWords: boolean;
}

/** What the walk does next: mostly the customer, now and then an agent, or a file instead of words. */
export async function stepOf(pick: Pick, stage: TranscriptStage, holder: string, run: RunAction): Promise<Walked> {
  if (holder === 'agent') {
    const wish = pick([undefined, ...AGENT_WISHES]);
    if (wish !== undefined) {
      return { ...(await stage.act(wish, run)), wasWords: false };
    }
  }
  if (holder !== 'agent' && holder !== 'none' && pick([true, ...Array<boolean>(11).fill(false)])) {
    return { ...(await stage.act({ act: 'claim' }, run)), wasWords: false };
  }
  if (pick([true, ...Array<boolean>(14).fill(false)])) {
    const attachments = [{ kind: pick(FILES), url: 'https://example.test/file' }];
    return {
      ...(await stage.hear({ understanding: understandingOf(''), content: { attachments } }, run)),
      wasWords: false,
    };
  }
  const { understanding, choice } = inputOf(pick, stage.dialogs());
  const content = choice === undefined ? { text: understanding.utterance } : { choice };
  return { ...(await stage.hear({ understanding, content }, run)), wasWords: true };
}
