import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { Holder } from '../../../bot/conversation.ts';
import { isOutsideAgent } from '../../../bot/outside-agent.ts';
import type { ConversationAnswer, DeskAgent } from '../desk-api.ts';
import { channelWords, reasonWords } from '../desk-words.ts';
import type { Move } from './conversation-column.tsx';
import { ageWords, clockTime } from './format.ts';
import { Icon } from './icons.tsx';
import { displayName, HolderChip } from './queue-row.tsx';

interface HeaderProps {
  readonly answer: ConversationAnswer;
  readonly agent: DeskAgent;
  readonly now: number;
  readonly isBusy: boolean;
  readonly isSideOpen: boolean;
  readonly onMove: (move: Move) => Promise<void>;
  readonly onToggleSide: () => void;
  readonly onBack: () => void;
}

const CLAIM_WORDS: Record<Holder, string> = {
  agent: 'Nhận từ Zalo OA',
  queue: 'Nhận cuộc',
  bot: 'Tiếp quản từ bot',
  closed: 'Mở lại',
};

export function ConversationHeader(props: HeaderProps) {
  const { answer, agent, now, onBack, isSideOpen, onToggleSide } = props;
  const { state } = answer;
  const isEmergency = state.priority === 'emergency';
  return (
    <header className={`conversation-header ${isEmergency ? 'conversation-header-emergency' : ''}`}>
      <Button className="icon-button narrow-only" aria-label="Về danh sách" onPress={onBack}>
        <Icon name="back" />
      </Button>
      <div className="conversation-title">
        <h2>{displayName({ conversationId: answer.conversationId, ...state })}</h2>
        <p className="conversation-chips">
          {isEmergency && (
            <span className="chip chip-emergency">
              <Icon name="alarm" size={12} /> Khẩn cấp
            </span>
          )}
          <HolderChip row={state} agentId={agent.id} />
          <span className="quiet">{whereItStands(answer, now)}</span>
        </p>
      </div>
      <Actions {...props} />
      <Button
        className="icon-button side-toggle"
        aria-label="Thông tin khách hàng"
        aria-expanded={isSideOpen}
        onPress={onToggleSide}
      >
        <Icon name="info" />
      </Button>
    </header>
  );
}

function whereItStands({ state, heldSince, channel }: ConversationAnswer, now: number): string {
  const parts = [channelWords(channel)];
  if (state.holder === 'queue' && state.waitingSince !== undefined) {
    parts.push(`chờ ${ageWords(state.waitingSince, now)}`);
    if (state.handoffReason !== undefined) {
      parts.push(reasonWords(state.handoffReason));
    }
  } else if (state.holder === 'agent' && heldSince !== undefined) {
    parts.push(`từ ${clockTime(heldSince)}`);
  }
  return parts.join(' · ');
}

function Actions({ answer, agent, isBusy, onMove }: HeaderProps) {
  const { holder, agentId, priority } = answer.state;
  if (holder !== 'agent' || isOutsideAgent(agentId)) {
    const look = priority === 'emergency' ? 'primary danger' : holder === 'queue' ? 'primary' : 'secondary';
    return (
      <Button className={`button ${look}`} isDisabled={isBusy} onPress={() => onMove('claim')}>
        {CLAIM_WORDS[holder]}
      </Button>
    );
  }
  if (agentId !== agent.id) {
    return null;
  }
  return (
    <div className="conversation-actions">
      <Button className="button secondary" isDisabled={isBusy} onPress={() => onMove('release')}>
        <Icon name="undo" size={15} /> Trả về bot
      </Button>
      <Button className="button secondary" isDisabled={isBusy} onPress={() => onMove('requeue')}>
        Trả hàng chờ
      </Button>
      <CloseButton isBusy={isBusy} onClose={() => onMove('close')} />
    </div>
  );
}

function CloseButton({ isBusy, onClose }: { readonly isBusy: boolean; readonly onClose: () => Promise<void> }) {
  return (
    <DialogTrigger>
      <Button className="button secondary" isDisabled={isBusy}>
        Đóng cuộc
      </Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="modal">
          <Dialog role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title">Đóng cuộc trò chuyện này?</Heading>
                <p>Khách sẽ được báo là cuộc trò chuyện đã kết thúc. Khi khách nhắn lại, bot sẽ trả lời.</p>
                <div className="modal-actions">
                  <Button className="button secondary" onPress={close}>
                    Quay lại
                  </Button>
                  <Button
                    className="button primary"
                    autoFocus
                    onPress={() => {
                      close();
                      void onClose();
                    }}
                  >
                    Đóng cuộc
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
