import type { DialogEngine } from '../dialogs/dialog-engine.ts';
import type { Reply } from '../dialogs/reply.ts';
import type { ConversationState } from './conversation.ts';
import { type CustomerContent, isFile } from './message.ts';
import type { Turn } from './turn.ts';

/** What follows from a message without words: which notice is said, and why a human must look, where one must. */
export interface WordlessAnswer {
  readonly notice?: 'attachment-received' | 'meter-picture-received' | 'sticker-received';
  /** What is said instead, where the picture belongs to what is under way. */
  readonly words?: readonly Reply[];
  readonly handoff?: 'attachment' | 'meter_picture';
}

/** Phones send an album as one message a picture: what comes so soon after the last one belongs to it. */
const ALBUM_MS = 30_000;

/** The bot cannot read pictures, sounds or papers, and says so; a human looks at them. A sticker is but a smile. */
export function answerWordless(
  content: CustomerContent,
  {
    engine,
    state,
    head,
    now,
  }: {
    readonly engine: Pick<DialogEngine, 'expects' | 'pictureKept'>;
    readonly state: ConversationState;
    readonly head: Turn | undefined;
    readonly now: number;
  },
): WordlessAnswer {
  const kinds = new Set((content.attachments ?? []).map(({ kind }) => kind));
  if (kinds.size === 1 && kinds.has('sticker')) {
    return { notice: 'sticker-received' };
  }
  if (state.holder === 'queue' && head !== undefined && isAlbum(head, now)) {
    return {};
  }
  if (kinds.has('image') && engine.expects(state.dialogs, now).includes('meter_index')) {
    return { notice: 'meter-picture-received', handoff: 'meter_picture' };
  }
  const words = kinds.size === 1 && kinds.has('image') ? engine.pictureKept(state.dialogs) : [];
  if (words.length > 0) {
    return head !== undefined && isAlbum(head, now) ? {} : { words };
  }
  return { notice: 'attachment-received', handoff: 'attachment' };
}

function isAlbum(head: Turn, now: number): boolean {
  const last = head.messages.find(({ author }) => author === 'customer')?.content;
  return last !== undefined && last.text === undefined && hasFiles(last) && now - head.at < ALBUM_MS;
}

export function hasFiles({ attachments = [] }: CustomerContent): boolean {
  return attachments.some(isFile);
}
