import { useState } from 'react';
import { windowState } from '../../../bot/reply-window.ts';
import type { ConversationAnswer, DeskMessage } from '../desk-api/conversation.ts';
import type { DeskAgent } from '../desk-api/session.ts';
import { callDesk } from './call-desk.ts';
import { ColleaguesHere } from './colleagues-here.tsx';
import { Composer } from './composer.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import type { Drafts } from './drafts.ts';
import { Icon } from './icons.tsx';
import { RelabelDialog } from './relabel-dialog.tsx';
import { SidePanel } from './side-panel.tsx';
import { Transcript } from './transcript.tsx';
import { useConversation } from './use-conversation.ts';
import type { Live } from './use-live.ts';
import { useMoves } from './use-moves.ts';
import { WindowLine } from './window-line.tsx';

interface ConversationProps {
  readonly id: string;
  readonly agent: DeskAgent;
  readonly live: Live;
  readonly now: number;
  readonly drafts: Drafts;
  readonly onChanged: () => Promise<void>;
  readonly onClaimed: () => void;
  readonly onError: (error: unknown) => void;
  readonly onReadError: (error: unknown) => void;
  readonly onBack: () => void;
}

/** The open conversation, and on its right what is known about the customer. */
export function ConversationColumn(props: ConversationProps) {
  const { id, agent, live, now, drafts, onChanged, onClaimed, onError, onReadError, onBack } = props;
  const { answer, messages, hasEarlier, refresh, readEarlier } = useConversation(id, live, onReadError);
  const [seenSeq, setSeenSeq] = useState(0);
  const [isSideOpen, setIsSideOpen] = useState(false);
  const [relabelled, setRelabelled] = useState<DeskMessage>();

  const { isBusy, makeMove } = useMoves({
    ...{ id, seenSeq },
    onDone: (move) => move === 'claim' && onClaimed(),
    onAfter: () => Promise.all([refresh(), onChanged()]),
  });

  async function retry(seq: number): Promise<void> {
    await callDesk.retry(id, seq).catch(onError);
    await refresh();
  }

  if (answer === undefined) {
    return (
      <section className="nothing-open" aria-label="Cuộc trò chuyện" aria-busy="true">
        <p className="quiet">Đang tải cuộc trò chuyện…</p>
      </section>
    );
  }
  const isMine = answer.state.holder === 'agent' && answer.state.agentId === agent.id;
  return (
    <>
      <section className="conversation" aria-label="Cuộc trò chuyện" data-side-open={isSideOpen}>
        <ConversationHeader
          {...{ answer, agent, now, isBusy, onBack, isSideOpen }}
          onMove={makeMove}
          onError={onError}
          onToggleSide={() => setIsSideOpen(!isSideOpen)}
        />
        <WindowLine replyWindow={answer.replyWindow} now={now} />
        <ColleaguesHere {...{ id, live }} />
        <OpenAttempts count={isMine ? botAttempts(answer.openAttempts, messages) : 0} />
        <Transcript
          {...{ messages, hasEarlier, now }}
          agentId={agent.id}
          notes={answer.notes}
          openAttempts={answer.openAttempts}
          onRetry={isMine ? retry : undefined}
          onRelabel={setRelabelled}
          onEarlier={readEarlier}
          onSeen={setSeenSeq}
        />
        <Composer
          {...{ id, drafts, seenSeq, isMine, onError }}
          holder={answer.state.holder}
          holderName={answer.state.agentName}
          isWindowClosed={answer.replyWindow !== undefined && windowState(answer.replyWindow, now) === 'closed'}
          lastSeq={answer.state.messageSeq}
          takesFiles={answer.takesFiles}
          cannedValues={cannedValues(answer, agent)}
          mayEditCanned={agent.role === 'leader' || agent.role === 'admin'}
          onTyping={live.typing}
          onSent={refresh}
          onLook={refresh}
        />
      </section>
      {relabelled !== undefined && (
        <RelabelDialog conversationId={id} message={relabelled} onClose={() => setRelabelled(undefined)} />
      )}
      <SidePanel
        {...{ id, answer, now, onReadError }}
        mayReveal={isMine && agent.role !== 'partner'}
        mayChangeTickets={agent.role !== 'partner'}
        isOpen={isSideOpen}
        onClose={() => setIsSideOpen(false)}
      />
    </>
  );
}

/** What ready answers may fill in here. */
function cannedValues({ state, identities }: ConversationAnswer, agent: DeskAgent): Readonly<Record<string, string>> {
  const [known] = identities;
  return {
    ten_nhan_vien: agent.name,
    ten_khach: state.customerName ?? 'anh/chị',
    ...(known !== undefined && { ma_khach_hang: known.customerCode }),
  };
}

function botAttempts(
  attempts: readonly { readonly seq: number }[],
  messages: readonly { readonly seq: number; readonly author: string }[],
): number {
  return attempts.filter(({ seq }) => messages.find((message) => message.seq === seq)?.author === 'bot').length;
}

/** After a take-over the agent must know what may still arrive from the bot. */
function OpenAttempts({ count }: { readonly count: number }) {
  return (
    <div role="status">
      {count > 0 && (
        <p className="under-way">
          <Icon name="clock" size={15} /> {count} tin của bot đang gửi từ trước khi anh/chị nhận cuộc: khách có thể vẫn
          nhận được.
        </p>
      )}
    </div>
  );
}
