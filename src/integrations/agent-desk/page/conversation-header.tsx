import { useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Holder } from '../../../bot/conversation.ts';
import { isOutsideAgent } from '../../../bot/outside-agent.ts';
import type { ConversationAnswer } from '../desk-api/conversation.ts';
import type { DeskAgent } from '../desk-api/session.ts';
import { channelWords, reasonWords } from '../desk-words.ts';
import { ageWords, clockTime, snoozeWords } from './format.ts';
import { Icon } from './icons.tsx';
import { type AskedMove, MoveDialog } from './move-dialogs.tsx';
import { displayName, HolderChip } from './queue-row.tsx';
import type { MakeMove } from './use-moves.ts';
import { useShortcut } from './use-shortcut.ts';

interface HeaderProps {
  readonly answer: ConversationAnswer;
  readonly agent: DeskAgent;
  readonly now: number;
  readonly isBusy: boolean;
  readonly isSideOpen: boolean;
  readonly onMove: MakeMove;
  readonly onError: (error: unknown) => void;
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
  useShortcut('KeyI', onToggleSide);
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
          {state.snoozedUntil !== undefined && (
            <span className="chip chip-warn">{snoozeWords(state.snoozedUntil)}</span>
          )}
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

function Actions({ answer, agent, now, isBusy, onMove, onError }: HeaderProps) {
  const [asked, setAsked] = useState<AskedMove>();
  const { holder, agentId, priority, snoozedUntil } = answer.state;
  const makeNow = (move: 'claim' | 'release' | 'wake') => onMove(move, {}).catch(onError);
  const isClaimable = holder !== 'agent' || isOutsideAgent(agentId);
  const isOwn = !isClaimable && agentId === agent.id;
  useShortcut('KeyK', () => makeNow('claim'), isClaimable && !isBusy);
  useShortcut('KeyR', () => makeNow('release'), isOwn && !isBusy);
  useShortcut('KeyT', () => setAsked('pass_on'), isOwn);
  useShortcut('KeyS', () => setAsked('snooze'), isOwn);
  useShortcut('KeyG', () => setAsked('call_back'), isOwn);
  useShortcut('KeyX', () => setAsked('close'), isOwn);
  if (isClaimable) {
    const look = priority === 'emergency' ? 'primary danger' : holder === 'queue' ? 'primary' : 'secondary';
    return (
      <Button className={`button ${look}`} isDisabled={isBusy} onPress={() => makeNow('claim')}>
        {CLAIM_WORDS[holder]}
      </Button>
    );
  }
  if (!isOwn) {
    return null;
  }
  return (
    <div className="conversation-actions">
      <Button className="button secondary" isDisabled={isBusy} onPress={() => makeNow('release')}>
        <Icon name="undo" size={15} /> Trả về bot
      </Button>
      <MenuTrigger>
        <Button className="button secondary" isDisabled={isBusy}>
          Việc khác <Icon name="down" size={15} />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="menu"
            onAction={(key) => (key === 'wake' ? makeNow('wake') : setAsked(key as AskedMove))}
            aria-label="Việc khác"
          >
            <MenuItem id="pass_on">Chuyển cho người khác…</MenuItem>
            {snoozedUntil === undefined ? (
              <MenuItem id="snooze">Để sau…</MenuItem>
            ) : (
              <MenuItem id="wake">Làm tiếp ngay</MenuItem>
            )}
            <MenuItem id="call_back">Hẹn gọi lại…</MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <Button className="button primary" isDisabled={isBusy} onPress={() => setAsked('close')}>
        Kết thúc
      </Button>
      <MoveDialog asked={asked} now={now} onMove={onMove} onClose={() => setAsked(undefined)} />
    </div>
  );
}
