import type { ConversationId } from '../../bot/message.ts';
import type { OpenScreen } from './colleagues-at.ts';

/** What nodes tell one another of the screens that are open on a conversation. */
export interface ScreensNews {
  readonly conversationId: ConversationId;
  /** The node that tells. */
  readonly nodeId: string;
  readonly here: readonly { readonly agentId: string; readonly name: string; readonly isTyping: boolean }[];
  /** Whether the other nodes should tell theirs. */
  readonly asks: boolean;
}

/** From node to node. What gets lost shows a colleague late, and nothing else rests on it. */
export interface ScreensLine {
  tell(news: Omit<ScreensNews, 'nodeId'>): void;
  /** Hears of the other nodes; returns the function that ends the subscription. */
  subscribe(listener: (news: ScreensNews) => void): () => void;
}

/** Where there is one node only. */
export const NO_OTHER_SCREENS: ScreensLine = { tell: () => {}, subscribe: () => () => {} };

/** Screens of the other nodes, as they told them. */
export interface ScreensElsewhere {
  at(conversationId: ConversationId): readonly Omit<OpenScreen, 'watched'>[];
  keep(news: ScreensNews): void;
}

/** `keptMs`: a node that has told nothing for so long has nobody there any more. `now`: ms of this process. */
export function createScreensElsewhere(keptMs: number, now: () => number): ScreensElsewhere {
  const told = new Map<ConversationId, Map<string, { readonly news: ScreensNews; readonly until: number }>>();
  return {
    at(conversationId) {
      const nodes = [...(told.get(conversationId)?.values() ?? [])].filter(({ until }) => until > now());
      return nodes.flatMap(({ news, until }) =>
        news.here.map(({ agentId, name, isTyping }) => ({ agentId, name, typingUntil: isTyping ? until : 0 })),
      );
    },
    keep(news) {
      const { conversationId, nodeId, here } = news;
      const nodes = told.get(conversationId) ?? new Map();
      nodes.delete(nodeId);
      if (here.length > 0) {
        nodes.set(nodeId, { news, until: now() + keptMs });
      }
      // Conversations that nobody looks at any more are forgotten with the next news of them.
      for (const [other, { until }] of nodes) {
        if (until <= now()) {
          nodes.delete(other);
        }
      }
      if (nodes.size === 0) {
        told.delete(conversationId);
      } else {
        told.set(conversationId, nodes);
      }
    },
  };
}
