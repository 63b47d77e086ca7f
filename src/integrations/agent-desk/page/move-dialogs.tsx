import { useEffect, useState } from 'react';
import type { ColleaguesAnswer } from '../desk-api/queue.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { ChoiceField, LineField, NoteField } from './form-fields.tsx';
import { callTimes, snoozeTimes } from './later-times.ts';
import type { MakeMove } from './use-moves.ts';

/** The moves that need a word before they are made. */
export type AskedMove = 'pass_on' | 'close' | 'snooze' | 'call_back';

interface DialogProps {
  readonly now: number;
  readonly onMove: MakeMove;
  readonly onClose: () => void;
}

/** The dialog of the move that the agent has chosen. */
export function MoveDialog({ asked, ...props }: DialogProps & { readonly asked: AskedMove | undefined }) {
  switch (asked) {
    case undefined:
      return null;
    case 'pass_on':
      return <PassOnDialog {...props} />;
    case 'close':
      return <CloseDialog {...props} />;
    case 'snooze':
      return <SnoozeDialog {...props} />;
    case 'call_back':
      return <CallBackDialog {...props} />;
  }
}

const QUEUE = 'queue';

function PassOnDialog({ onMove, onClose }: DialogProps) {
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const answer = useColleagues();
  const colleagues = (answer?.colleagues ?? []).map(({ id, name, isOnline, open }) => ({
    id,
    words: isOnline ? `${name} · đang giữ ${open} cuộc` : `${name} · không mở bàn làm việc`,
    isDisabled: !isOnline,
  }));
  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: 'Chuyển cuộc này', submitWords: 'Chuyển' }}
      isComplete={to !== '' && note.trim() !== ''}
      onSubmit={(force) =>
        to === QUEUE ? onMove('requeue', { note, force }) : onMove('transfer', { to, note, force })
      }
    >
      <ChoiceField
        label="Chuyển cho"
        value={to}
        onChange={setTo}
        choices={[{ id: QUEUE, words: 'Hàng chờ: ai rảnh sẽ nhận' }, ...colleagues]}
      />
      <NoteField label="Ghi chú cho người nhận (khách không thấy)" value={note} onChange={setNote} isRequired />
    </FormDialog>
  );
}

function CloseDialog({ onMove, onClose }: DialogProps) {
  const [wrapUp, setWrapUp] = useState('');
  const [note, setNote] = useState('');
  const wrapUps = useColleagues()?.wrapUps ?? [];
  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: 'Kết thúc cuộc này', submitWords: 'Kết thúc' }}
      isComplete={wrapUp !== ''}
      onSubmit={(force) => onMove('close', { wrapUp, force, ...(note.trim() !== '' && { note }) })}
    >
      <p className="quiet">Khách được báo là cuộc trò chuyện đã kết thúc. Khi khách nhắn lại, bot trả lời.</p>
      <ChoiceField
        label="Kết quả"
        value={wrapUp}
        onChange={setWrapUp}
        choices={wrapUps.map(({ code, label }) => ({ id: code, words: label }))}
      />
      <NoteField label="Ghi chú nội bộ (không bắt buộc)" value={note} onChange={setNote} />
    </FormDialog>
  );
}

function SnoozeDialog({ now, onMove, onClose }: DialogProps) {
  const [until, setUntil] = useState('');
  // As they were when it was opened: the clock goes on, and what was chosen must still be among them.
  const [times] = useState(() => snoozeTimes(now));
  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: 'Để sau', submitWords: 'Để sau', isComplete: until !== '' }}
      onSubmit={(force) => onMove('snooze', { until: Number(until), force })}
    >
      <p className="quiet">Cuộc này vẫn là của anh/chị. Nó hiện lại đúng giờ, hoặc ngay khi khách nhắn.</p>
      <ChoiceField label="Nhắc lại" value={until} onChange={setUntil} choices={times} />
    </FormDialog>
  );
}

function CallBackDialog({ now, onMove, onClose }: DialogProps) {
  const [phone, setPhone] = useState('');
  const [by, setBy] = useState('');
  // See above.
  const [times] = useState(() => callTimes(now));
  const [note, setNote] = useState('');
  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: 'Hẹn gọi lại', submitWords: 'Hẹn gọi' }}
      isComplete={phone.replace(/\D/g, '').length >= 9 && by !== ''}
      onSubmit={() => onMove('call_back', { phone, by: Number(by), ...(note.trim() !== '' && { note }) })}
    >
      <p className="quiet">Một phiếu gọi lại được lập; khách được báo số phiếu và giờ hẹn.</p>
      <LineField label="Số điện thoại" type="tel" value={phone} onChange={setPhone} />
      <ChoiceField label="Gọi trước" value={by} onChange={setBy} choices={times} />
      <NoteField label="Nội dung cần gọi (không bắt buộc)" value={note} onChange={setNote} />
    </FormDialog>
  );
}

/** `undefined` until it is read: the dialog then fills up. */
function useColleagues(): ColleaguesAnswer | undefined {
  const [answer, setAnswer] = useState<ColleaguesAnswer>();
  useEffect(() => {
    let isGone = false;
    callDesk.colleagues().then(
      (fresh) => isGone || setAnswer(fresh),
      () => isGone || setAnswer({ colleagues: [], wrapUps: [] }),
    );
    return () => {
      isGone = true;
    };
  }, []);
  return answer;
}
