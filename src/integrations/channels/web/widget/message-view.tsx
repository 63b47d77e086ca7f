/** @jsxImportSource preact */
import type { Choice } from '../../../../dialogs/reply.ts';
import { Bolt } from './bolt.tsx';
import { ReplyView } from './reply-view.tsx';
import { type SentThing, type TimelineEntry, timeOf } from './timeline.ts';
import { WORDS } from './words.ts';

interface MessageViewProps {
  readonly entry: TimelineEntry;
  readonly isLastOwn: boolean;
  /** The newest answer, or what it answers, begins here. */
  readonly isStart: boolean;
  readonly isStuck: boolean;
  readonly onChoose: (choice: Choice) => void;
  readonly onRetry: (id: string) => void;
  readonly onDiscard: (id: string) => void;
}

/** One message with its speaker, and for own messages how far they have come. */
export function MessageView({ entry, isLastOwn, isStart, isStuck, onChoose, onRetry, onDiscard }: MessageViewProps) {
  const { speaker, pending } = entry;
  return (
    <>
      {entry.day !== undefined && <p class="day">{entry.day}</p>}
      <div class={`message ${speaker}${entry.isContinued ? ' continued' : ''}${isStart ? ' start' : ''}`}>
        <Speaker entry={entry} />
        {speaker === 'customer' ? (
          <div class={`bubble${pending?.state === 'refused' ? ' refused' : ''}`}>
            {entry.text}
            {entry.sent?.map((one) => (
              <Sent key={one.name} thing={one} />
            ))}
          </div>
        ) : (
          entry.reply && (
            <ReplyView reply={entry.reply} drawing={entry.drawing} canChoose={entry.isCurrent} onChoose={onChoose} />
          )
        )}
        {pending !== undefined && pending.state !== 'sent' ? (
          <Pending item={pending} isStuck={isStuck} onRetry={onRetry} onDiscard={onDiscard} />
        ) : (
          isLastOwn && <p class="status">{`${WORDS.sent} · ${timeOf(entry.at)}`}</p>
        )}
      </div>
    </>
  );
}

function Sent({ thing: { kind, name, preview } }: { thing: SentThing }) {
  return preview === undefined ? (
    <span class="sent-thing">{WORDS.sentThing(kind, name)}</span>
  ) : (
    <img class="sent-picture" src={preview} alt={WORDS.sentThing(kind, name)} />
  );
}

function Speaker({ entry }: { entry: TimelineEntry }) {
  const { speaker, name } = entry;
  if (speaker === 'customer' || entry.isContinued) {
    return <span class="hidden">{WORDS.says(speaker === 'customer' ? WORDS.you : name)}</span>;
  }
  return (
    <p class="speaker">
      <span class="avatar" aria-hidden="true">
        {speaker === 'agent' ? name.trim().split(/\s+/).at(-1)?.charAt(0) : <Bolt />}
      </span>
      <strong>{name}</strong>
      {speaker === 'agent' && <span class="role">{WORDS.agent}</span>}
      <time>{timeOf(entry.at)}</time>
    </p>
  );
}

interface PendingProps {
  readonly item: NonNullable<TimelineEntry['pending']>;
  readonly isStuck: boolean;
  readonly onRetry: (id: string) => void;
  readonly onDiscard: (id: string) => void;
}

function Pending({ item, isStuck, onRetry, onDiscard }: PendingProps) {
  if (item.state === 'waiting' && !isStuck) {
    return <p class="status">{item.progress === undefined ? WORDS.sending : WORDS.uploading(item.progress)}</p>;
  }
  return (
    <p class="status problem">
      {item.note ?? WORDS.notSent} –{' '}
      <button type="button" onClick={() => onRetry(item.id)}>
        {WORDS.retry}
      </button>
      {item.state === 'refused' && (
        <>
          {' · '}
          <button type="button" onClick={() => onDiscard(item.id)}>
            {WORDS.discard}
          </button>
        </>
      )}
    </p>
  );
}
