import type { DeliveryState } from '../../../bot/message.ts';
import { DELIVERY_WORDS, failureWords } from '../desk-words.ts';
import { Icon } from './icons.tsx';

const MARKS = {
  queued: 'clock',
  sending: 'clock',
  accepted: 'tick',
  delivered: 'ticks',
  read: 'ticks',
  failed: 'alarm',
  uncertain: 'question',
  withdrawn: 'close',
} as const;

/** States that must be read, not only seen. */
const SPELT_OUT: readonly DeliveryState[] = ['queued', 'sending', 'failed', 'uncertain', 'withdrawn'];

interface MarkProps {
  readonly state: DeliveryState;
  readonly failure?: string | undefined;
  readonly attempt?: number | undefined;
}

/** The true state of a message on its way to the customer. */
export function DeliveryMark({ state, failure, attempt }: MarkProps) {
  const shown = attempt !== undefined && state === 'queued' ? 'sending' : state;
  const words = [
    DELIVERY_WORDS[shown],
    shown === 'sending' && attempt !== undefined && attempt > 1 ? ` (lần ${attempt})` : '',
    failure === undefined ? '' : `: ${failureWords(failure)}`,
  ].join('');
  return (
    <span className={`delivery delivery-${shown}`} title={words}>
      <Icon name={MARKS[shown]} size={14} />
      <span className={SPELT_OUT.includes(shown) ? '' : 'hidden-words'}>{words}</span>
    </span>
  );
}
