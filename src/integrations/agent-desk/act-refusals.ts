import type { AgentActResult } from '../../bot/agent-act-result.ts';
import type { ConversationStore } from '../../bot/ports.ts';
import type { DeskRefusal } from './desk-api/acts.ts';
import { heldSince } from './read-conversation.ts';

type Lost = Extract<AgentActResult, { done: false }>;

/** Says in words why an act was not done, for the agent who asked for it. */
export async function refusalOfAct(
  store: ConversationStore,
  result: Lost,
  conversationId: string,
): Promise<DeskRefusal> {
  return { code: result.reason, message: await refusalWords(store, result, conversationId) };
}

async function refusalWords(store: ConversationStore, result: Lost, conversationId: string): Promise<string> {
  switch (result.reason) {
    case 'held_by_other': {
      const head = await store.head(conversationId);
      const since = head?.state.holder === 'agent' ? await heldSince(store, head) : undefined;
      const when = since === undefined ? 'trước đó' : `lúc ${clockTime(since)}`;
      return `${result.agentName ?? 'Nhân viên khác'} đã nhận cuộc này ${when}.`;
    }
    case 'not_holder':
      return 'Anh/chị chưa giữ cuộc này. Hãy nhận cuộc trước.';
    case 'stale_screen':
      return 'Có tin mới kể từ lúc anh/chị bắt đầu. Xem tin mới trước, hoặc vẫn tiếp tục.';
    case 'at_cap':
      return `${result.agentName ?? 'Anh/chị'} đang giữ đủ số cuộc cho phép. Hãy kết thúc hoặc chuyển bớt một cuộc.`;
    case 'not_waiting':
      return 'Cuộc này không còn chờ nữa.';
    case 'closed':
      return 'Cuộc này đã đóng.';
    case 'not_found':
      return 'Không tìm thấy cuộc trò chuyện này.';
  }
}

const TIME = new Intl.DateTimeFormat('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' });

function clockTime(at: number): string {
  return TIME.format(at);
}
