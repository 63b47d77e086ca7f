/** @jsxImportSource preact */
import type { ChatMessage } from '../../world.ts';
import { AttachmentView } from './attachment-view.tsx';
import { Icon, type IconName } from './icon.tsx';
import { LinkedText } from './linked-text.tsx';
import { clockTime, dayName, reactionIcon } from './words.ts';

interface Props {
  readonly message: ChatMessage;
  readonly before: ChatMessage | undefined;
  readonly day: string;
  readonly status: string;
  readonly onTap: (message: ChatMessage, buttonIndex: number) => Promise<void>;
  readonly onShareInfo: () => void;
  readonly onReact: () => void;
}

const BUTTON_ICONS: Readonly<Record<string, IconName>> = {
  'oa.open.phone': 'phone',
  'oa.open.url': 'link',
  'oa.open.sms': 'letter',
};
const BARE_KINDS: readonly string[] = ['sticker', 'gif'];

/** One message with its bubble, buttons, reactions and state. */
export function MessageRow({ message, before, day, status, onTap, onShareInfo, onReact }: Props) {
  const isOwn = message.author === 'user';
  const isFirst = before === undefined || (before.author === 'user') !== isOwn || dayName(before.at) !== day;
  const isBare = BARE_KINDS.includes(message.kind);
  return (
    <>
      {(before === undefined || dayName(before.at) !== day) && <p class="day">{day}</p>}
      <article class={`row ${isOwn ? 'own' : 'theirs'}${isFirst ? ' first' : ''}`}>
        {!isOwn && <img class="row-face" src="/media/avatar-oa" alt="" width="30" height="30" />}
        <div class={isBare ? 'bubble bare' : 'bubble'}>
          <AttachmentView message={message} onShareInfo={onShareInfo} />
          {message.text !== undefined && message.kind !== 'business_card' && message.kind !== 'link' && (
            <p class="text">
              <LinkedText text={message.text} />
            </p>
          )}
          <Buttons message={message} onTap={onTap} />
          <time class="at">{clockTime(message.at)}</time>
          <Reactions message={message} onReact={onReact} />
        </div>
      </article>
      {status !== '' && <p class="status">{status}</p>}
    </>
  );
}

function Buttons({ message, onTap }: Pick<Props, 'message' | 'onTap'>) {
  if (message.buttons.length === 0) {
    return null;
  }
  return (
    <ul class="buttons">
      {message.buttons.map((button, index) => (
        <li key={button.title}>
          <button type="button" onClick={() => onTap(message, index)}>
            <Icon name={BUTTON_ICONS[button.type] ?? 'talk'} size={18} />
            {button.title}
            <span class="chevron" aria-hidden="true">
              ›
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Reactions({ message, onReact }: Pick<Props, 'message' | 'onReact'>) {
  const names = [...new Set(message.reactions.map(({ icon }) => reactionIcon(icon)))];
  const drawn = names.map((name) => <Icon key={name} name={name} size={15} isFilled={name !== 'smile'} />);
  if (message.author !== 'user') {
    return (
      <button type="button" class={drawn.length > 0 ? 'react on' : 'react'} aria-label="Thả tim" onClick={onReact}>
        {drawn.length > 0 ? drawn : <Icon name="heart" size={15} />}
      </button>
    );
  }
  return drawn.length > 0 ? <span class="react on">{drawn}</span> : null;
}
