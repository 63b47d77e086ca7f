import { newActKey } from './call-desk.ts';

/** What an agent has begun to write. The key belongs to exactly these words: sent twice, they are one reply. */
export interface Draft {
  readonly text: string;
  readonly key: string;
}

const PREFIX = 'lang-nghe-draft';

/** Drafts of one agent, kept across reloads of the page. */
export function createDrafts(agentId: string) {
  const nameOf = (conversationId: string) => `${PREFIX}/${agentId}/${conversationId}`;

  return {
    read(conversationId: string): Draft {
      try {
        const { text, key } = JSON.parse(localStorage.getItem(nameOf(conversationId)) ?? '{}') as Partial<Draft>;
        return { text: text ?? '', key: key ?? newActKey() };
      } catch {
        return { text: '', key: newActKey() };
      }
    },
    write(conversationId: string, draft: Draft): void {
      try {
        if (draft.text === '') {
          localStorage.removeItem(nameOf(conversationId));
        } else {
          localStorage.setItem(nameOf(conversationId), JSON.stringify(draft));
        }
      } catch {
        // Storage is full or forbidden: the draft still stands on the screen.
      }
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

export type Drafts = ReturnType<typeof createDrafts>;
