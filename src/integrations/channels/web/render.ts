import type { Activity, Attachment, CardAction, ConversationAccount } from 'botframework-schema';
import type { Author, Attachment as SentByCustomer, TrackedMessage } from '../../../bot/message.ts';
import { type CardRow, type Choice, type Link, type Reply, toPlainText } from '../../../dialogs/reply.ts';
import { fileTypeOf, imageTypeOf } from '../content-type.ts';
import { DRAWING_TYPE } from './drawing-type.ts';
import { inboundActivityId } from './parse.ts';

/** What our own widget reads; other clients see the standard fields. */
export interface WebChannelData {
  readonly author: Author;
  /** The reply itself, so that the widget can show it faithfully. */
  readonly reply?: Reply;
  /** The id that the client gave to its own message. */
  readonly clientActivityID?: string;
  /** What the visitor sent with it. */
  readonly sent?: readonly Pick<SentByCustomer, 'kind' | 'name'>[];
}

/** An activity as the web channel sends it. */
export type WebActivity = Omit<Partial<Activity>, 'channelData'> & {
  readonly id: string;
  readonly channelData: WebChannelData;
};

export interface Speakers {
  /** How the bot is called, for example "Trợ lý ảo". */
  readonly bot: string;
  /** The utility: who speaks in notices of the system, and whose page it is. */
  readonly system: string;
}

const HERO_CARD = 'application/vnd.microsoft.card.hero';

/** Shows one message of the conversation as a Direct Line activity. `drawing`: the SVG of a chart. */
export function toActivity(
  message: TrackedMessage,
  visitor: string,
  speakers: Speakers,
  drawing?: string,
): WebActivity {
  const frame = {
    type: 'message',
    channelId: 'directline',
    timestamp: new Date(message.at),
    conversation: { id: visitor } as ConversationAccount,
    locale: 'vi-VN',
  };
  return message.direction === 'in'
    ? { ...frame, ...echo(message, visitor) }
    : { ...frame, ...spoken(message, speakers), ...body(message.reply ?? { kind: 'text', text: '' }, drawing) };
}

/** Shows a reply that is in no conversation, because the database is down. */
export function toUnstoredActivity(
  reply: Reply,
  id: string,
  visitor: string,
  speakers: Speakers,
  at: number,
): WebActivity {
  return {
    type: 'message',
    channelId: 'directline',
    timestamp: new Date(at),
    conversation: { id: visitor } as ConversationAccount,
    locale: 'vi-VN',
    id,
    from: { id: 'bot', name: speakers.bot, role: 'bot' },
    channelData: { author: 'bot', reply },
    ...body(reply),
  };
}

function echo(message: TrackedMessage, visitor: string) {
  const key = message.authorId ?? `/${message.seq}`;
  const sent = (message.content?.attachments ?? []).map(({ kind, name }) => ({ kind, ...(name && { name }) }));
  return {
    id: inboundActivityId(key),
    from: { id: visitor, name: '', role: 'user' },
    text: message.content?.text ?? '',
    channelData: {
      author: message.author,
      clientActivityID: key.slice(key.lastIndexOf('/') + 1),
      ...(sent.length > 0 && { sent }),
    },
  };
}

function spoken(message: TrackedMessage, speakers: Speakers) {
  const name = message.author === 'agent' ? (message.authorName ?? 'Nhân viên') : speakerName(message.author, speakers);
  return {
    id: `s-${message.seq}`,
    from: { id: message.author, name, role: 'bot' },
    channelData:
      message.reply === undefined ? { author: message.author } : { author: message.author, reply: message.reply },
  };
}

function speakerName(author: Author, speakers: Speakers): string {
  return author === 'system' ? speakers.system : speakers.bot;
}

function body(reply: Reply, drawing?: string): Partial<Activity> {
  switch (reply.kind) {
    case 'text':
      return plain(reply.text);
    case 'choices':
      return {
        ...plain(reply.text),
        inputHint: 'expectingInput',
        suggestedActions: { to: [], actions: reply.choices.map(choiceAction) },
        ...attached(reply.links === undefined ? [] : [heroCard({ buttons: reply.links.map(linkAction) })]),
      };
    case 'card':
      return attached([
        heroCard({
          title: reply.title,
          text: [...reply.rows.map(rowText), ...(reply.text === undefined ? [] : [reply.text])].join('\n\n'),
          buttons: [...(reply.choices ?? []).map(choiceAction), ...(reply.links ?? []).map(linkAction)],
        }),
      ]);
    case 'image':
      return {
        ...(reply.text === undefined ? {} : plain(reply.text)),
        ...attached([{ contentType: imageTypeOf(reply.url), contentUrl: reply.url, name: reply.alt }]),
      };
    case 'file':
      return {
        ...(reply.text === undefined ? {} : plain(reply.text)),
        ...attached([{ contentType: fileTypeOf(reply.name), contentUrl: reply.url, name: reply.name }]),
      };
    case 'chart':
      return {
        ...plain(toPlainText(reply)),
        ...attached(drawing === undefined ? [] : [drawingAttachment(drawing, reply.title)]),
      };
  }
}

/** Whole in the activity: an address of its own would need a guard of its own. */
function drawingAttachment(svg: string, name: string): Attachment {
  return { contentType: DRAWING_TYPE, contentUrl: `data:${DRAWING_TYPE},${encodeURIComponent(svg)}`, name };
}

function plain(text: string): Partial<Activity> {
  return { text, textFormat: 'plain' };
}

function attached(attachments: readonly Attachment[]): Partial<Activity> {
  return attachments.length === 0 ? {} : { attachments: [...attachments] };
}

function heroCard(content: { title?: string; text?: string; buttons: readonly CardAction[] }): Attachment {
  return { contentType: HERO_CARD, content };
}

function rowText(row: CardRow): string {
  return `${row.label}: ${row.value}`;
}

function choiceAction(choice: Choice): CardAction {
  const { label, value } = choice;
  return { type: 'messageBack', title: label, text: label, displayText: label, value };
}

function linkAction(link: Link): CardAction {
  return { type: link.href.startsWith('tel:') ? 'call' : 'openUrl', title: link.label, value: link.href };
}
