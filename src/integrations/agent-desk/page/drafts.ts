import type { SentFile } from '../../../bot/agent-act.ts';
import { newActKey } from './call-desk.ts';

/** What an agent has begun to write. The key belongs to exactly these words: sent twice, they are one reply. */
export interface Draft {
  readonly text: string;
  readonly key: string;
  /** Goes out with the words. */
  readonly file?: SentFile;
}

const PREFIX = 'lang-nghe-draft';

/** Drafts of one agent, kept across reloads of the page. */
export function createDrafts(agentId: string) {
  const nameOf = (conversationId: string) => `${PREFIX}/${agentId}/${conversationId}`;

  return {
    read(conversationId: string): Draft {
      try {
        const { text, key, file } = JSON.parse(localStorage.getItem(nameOf(conversationId)) ?? '{}') as Partial<Draft>;
        return { text: text ?? '', key: key ?? newActKey(), ...(file !== undefined && { file }) };
      } catch {
        return { text: '', key: newActKey() };
      }
    },
    write(conversationId: string, draft: Draft): void {
      try {
        if (draft.text === '' && draft.file === undefined) {
          localStorage.removeItem(nameOf(conversationId));
        } else {
          localStorage.setItem(nameOf(conversationId), JSON.stringify(draft));
        }
      } catch {
        // Storage is full or forbidden: the draft still stands on the screen.
      }
    },
    /** Calls back when another tab of the same agent has changed the draft. Returns the function that ends it. */
    watch(conversationId: string, listener: (draft: Draft) => void): () => void {
      const onStorage = ({ key }: StorageEvent) => {
        if (key === nameOf(conversationId)) {
          listener(this.read(conversationId));
        }
      };
      window.addEventListener('storage', onStorage);
      return () => window.removeEventListener('storage', onStorage);
    },
    has: (conversationId: string) => {
      try {
        return localStorage.getItem(nameOf(conversationId)) !== null;
      } catch {
        return false;
      }
    },
  };
}

/** The name of a draft that is for colleagues. */
export function noteDraft(conversationId: string): string {
  return `note/${conversationId}`;
}

export type Drafts = ReturnType<typeof createDrafts>;
