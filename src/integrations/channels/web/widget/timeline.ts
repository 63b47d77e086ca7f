import type { Reply } from '../../../../dialogs/reply.ts';
import { DRAWING_TYPE } from '../drawing-type.ts';
import type { WebActivity } from '../render.ts';
import type { ChatState } from './chat.ts';
import type { OutboxItem } from './outbox.ts';
import type { UploadItem } from './upload-queue.ts';

/** One line of the conversation as the widget draws it. */
export interface TimelineEntry {
  readonly key: string;
  readonly speaker: 'customer' | 'bot' | 'agent' | 'system';
  readonly name: string;
  readonly at: number;
  /** What another speaker said. */
  readonly reply?: Reply;
  /** The SVG of a chart. */
  readonly drawing?: string;
  /** What the visitor said. */
  readonly text?: string;
  /** What the visitor sent with it. */
  readonly sent?: readonly SentThing[];
  /** The visitor's message that is still on its way. */
  readonly pending?: Pick<OutboxItem, 'id' | 'state' | 'note'> & { readonly progress?: number };
  /** True while the visitor has said nothing after it: its buttons can be used. */
  readonly isCurrent: boolean;
  /** True when it continues what the same speaker said before. */
  readonly isContinued: boolean;
  /** Set when the day is another than that of the entry before. */
  readonly day?: string;
}

/** A file or a place as the visitor sees it. */
export interface SentThing {
  readonly kind: string;
  readonly name?: string;
  /** An address of this page that shows the picture. */
  readonly preview?: string;
}

const ZONE = 'Asia/Ho_Chi_Minh';
const TIME = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: ZONE });
const DAY = new Intl.DateTimeFormat('vi-VN', { weekday: 'long', day: 'numeric', month: 'numeric', timeZone: ZONE });

export function timeOf(at: number): string {
  return TIME.format(at);
}

/** The conversation in its order, own messages that are still on their way last. */
export function timelineOf(state: ChatState, now: number, today: string): readonly TimelineEntry[] {
  const entries = [
    ...state.activities.map((activity) => fromActivity(activity, state.previewOf)),
    ...[...state.outbox.map(fromOutbox), ...state.uploads.map(fromUpload)].sort((a, b) => (a.key < b.key ? -1 : 1)),
  ];
  const lastOwn = entries.findLastIndex(({ speaker }) => speaker === 'customer');
  const dayName = (at: number) => (DAY.format(at) === DAY.format(now) ? today : DAY.format(at));
  return entries.map((entry, index) => {
    const before = entries[index - 1];
    const isNewDay = before === undefined || DAY.format(before.at) !== DAY.format(entry.at);
    return {
      ...entry,
      isCurrent: index > lastOwn,
      isContinued: !isNewDay && before.speaker === entry.speaker && before.name === entry.name,
      ...(isNewDay ? { day: dayName(entry.at) } : {}),
    };
  });
}

/** What comes so soon after one another is one answer. */
const TOGETHER_MS = 30_000;

/** The key of the entry with which the newest answer begins, the question before it included. */
export function startOfNews(entries: readonly TimelineEntry[]): string | undefined {
  const newest = entries.at(-1);
  const isAnswer = (entry: TimelineEntry | undefined) => entry !== undefined && entry.speaker !== 'customer';
  if (newest === undefined || !isAnswer(newest)) {
    return newest?.key;
  }
  let first = entries.length - 1;
  while (isAnswer(entries[first - 1]) && newest.at - (entries[first - 1]?.at ?? 0) < TOGETHER_MS) {
    first -= 1;
  }
  const question = entries[first - 1];
  return (question !== undefined && !isAnswer(question) ? question : entries[first])?.key;
}

type Bare = Omit<TimelineEntry, 'isCurrent' | 'isContinued' | 'day'>;

function fromActivity(activity: WebActivity, previewOf: ChatState['previewOf']): Bare {
  const { author, reply, clientActivityID = '', sent } = activity.channelData;
  const preview = previewOf(clientActivityID);
  const at = new Date(activity.timestamp ?? 0).getTime();
  return author === 'customer'
    ? {
        ...{ key: clientActivityID || activity.id, speaker: author, name: '', at, text: activity.text ?? '' },
        ...(sent !== undefined && { sent: sent.map((one) => (preview === undefined ? one : { ...one, preview })) }),
      }
    : {
        key: activity.id,
        speaker: author,
        name: activity.from?.name ?? '',
        at,
        reply: reply ?? { kind: 'text', text: activity.text ?? '' },
        ...drawingIn(activity),
      };
}

function drawingIn({ attachments = [] }: WebActivity): Pick<TimelineEntry, 'drawing'> {
  const url = attachments.find(({ contentType }) => contentType === DRAWING_TYPE)?.contentUrl;
  return url === undefined ? {} : { drawing: decodeURIComponent(url.slice(url.indexOf(',') + 1)) };
}

function fromOutbox(item: OutboxItem): Bare {
  const sent = item.place === undefined ? {} : { sent: [{ kind: 'location' }] };
  return { key: item.id, speaker: 'customer', name: '', at: item.at, text: item.text, ...sent, pending: item };
}

function fromUpload(item: UploadItem): Bare {
  const { id, name, at, preview } = item;
  const kind = preview === undefined ? 'file' : 'image';
  const sent = [{ kind, name, ...(preview !== undefined && { preview }) }];
  return { key: id, speaker: 'customer', name: '', at, text: '', sent, pending: item };
}
