import { conversationId } from '../../../bot/conversation.ts';
import type { DeliveryState, TrackedMessage } from '../../../bot/message.ts';
import type { ConversationViews } from '../../../bot/ports.ts';
import type { Chart } from '../../../dialogs/chart.ts';
import { CHANNEL } from './parse.ts';
import { type Speakers, toActivity, type WebActivity } from './render.ts';

/** Activities after a watermark; `watermark` is where the next read begins. */
export interface ActivityPage {
  readonly activities: readonly WebActivity[];
  readonly watermark: number;
  /** True when more may be there already. */
  readonly hasMore: boolean;
}

/** What one visitor may see of the conversation, in its order. */
export type ReadActivities = (visitor: string, after: number) => Promise<ActivityPage>;

const PAGE = 100;
const SHOWN: readonly DeliveryState[] = ['accepted', 'delivered', 'read', 'uncertain'];
const UNDECIDED: readonly DeliveryState[] = ['queued', 'sending'];

export function createActivityFeed(deps: {
  views: ConversationViews;
  account: string;
  speakers: Speakers;
  /** The chart as an SVG; `undefined` when it cannot be drawn, and is told in words alone. */
  drawChart: (chart: Chart) => Promise<string | undefined>;
}): ReadActivities {
  async function show(message: TrackedMessage, visitor: string): Promise<WebActivity> {
    const { reply } = message;
    const drawing = reply?.kind === 'chart' ? await deps.drawChart(reply) : undefined;
    return toActivity(message, visitor, deps.speakers, drawing);
  }

  return async (visitor, after) => {
    const id = conversationId({ channel: CHANNEL, account: deps.account, customer: visitor });
    const messages = await deps.views.messages(id, after, PAGE);
    const decided = untilUndecided(messages);
    return {
      activities: await Promise.all(decided.filter(isShown).map((message) => show(message, visitor))),
      watermark: decided.at(-1)?.seq ?? after,
      hasMore: decided.length === PAGE,
    };
  };
}

// A watermark must never pass a message whose fate is open, or the client would not see it when it is sent.
function untilUndecided(messages: readonly TrackedMessage[]): readonly TrackedMessage[] {
  const end = messages.findIndex((message) => message.direction === 'out' && UNDECIDED.includes(stateOf(message)));
  return end === -1 ? messages : messages.slice(0, end);
}

function isShown(message: TrackedMessage): boolean {
  return message.direction === 'in' || SHOWN.includes(stateOf(message));
}

function stateOf(message: TrackedMessage): DeliveryState {
  return message.delivery ?? 'queued';
}
