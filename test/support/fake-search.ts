import type { ConversationViews } from '../../src/bot/ports.ts';
import type { Customer, Ticket } from '../../src/bot/records.ts';
import { plainTextOf } from '../../src/bot/summary.ts';
import type { FoundConversation, SearchIndex } from '../../src/integrations/agent-desk/search-index.ts';
import { foldForSearch, mayGoOn } from '../../src/integrations/agent-desk/search-words.ts';

interface Searched {
  readonly views: ConversationViews;
  readonly customers?: readonly Customer[];
  readonly tickets?: readonly Ticket[];
}

/** Looks through everything each time; complete unless `setComplete(false)` said otherwise. */
export function createFakeSearch({ views, customers = [], tickets = [] }: Searched) {
  let isComplete = true;

  async function conversationsWith(words: readonly string[]): Promise<readonly FoundConversation[]> {
    const all = await views.list({ holders: ['queue', 'agent', 'bot', 'closed'], limit: 1_000 });
    const found = await Promise.all(
      all.map(async (conversation): Promise<readonly FoundConversation[]> => {
        const messages = await views.messages(conversation.conversationId, 0, 1_000);
        const message = messages.findLast((each) => hasAll(plainTextOf(each), words));
        if (message !== undefined) {
          const { seq, at, author } = message;
          return [{ conversation, message: { seq, at, author, text: plainTextOf(message) } }];
        }
        return hasAll(conversation.customerName ?? '', words) ? [{ conversation }] : [];
      }),
    );
    return found.flat();
  }

  const index: SearchIndex = {
    search: async ({ words, limit }) => ({
      conversations: (await conversationsWith(words)).slice(0, limit),
      customers: customers.filter((customer) => hasAll(Object.values(customer).join(' '), words)).slice(0, limit),
      tickets: tickets.filter((ticket) => hasAll(Object.values(ticket).join(' '), words)).slice(0, limit),
      isComplete,
    }),
  };
  return {
    index,
    setComplete(complete: boolean) {
      isComplete = complete;
    },
  };
}

function hasAll(text: string, words: readonly string[]): boolean {
  const said = foldForSearch(text).split(' ');
  return words.every((word, index) =>
    said.some((one) => (mayGoOn(words, index) ? one.startsWith(word) : one === word)),
  );
}
