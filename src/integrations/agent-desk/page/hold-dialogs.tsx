import { useState } from 'react';
import type { HoldAnswer } from '../desk-api/privacy.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { ChoiceField, LineField, NoteField } from './form-fields.tsx';
import { fromLocalInput } from './local-input.ts';

interface Done {
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

const MINUTE_MS = 60_000;

/** Nothing of this person or conversation is deleted until that day. */
export function PlaceHoldDialog({ onDone, onClose }: Done) {
  const [kind, setKind] = useState<HoldAnswer['kind']>('customer');
  const [subject, setSubject] = useState('');
  const [reference, setReference] = useState('');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const isComplete = [subject, reference, reason].every((text) => text.trim().length >= 3) && until !== '';
  return (
    <FormDialog
      {...{ isOpen: true, isComplete, onClose, title: 'Đặt lệnh giữ dữ liệu', submitWords: 'Đặt lệnh giữ' }}
      onSubmit={async () => {
        // The whole of that day.
        const end = fromLocalInput(`${until}T23:59`) + MINUTE_MS;
        await callDesk.placeHold({ kind, subject, reference, reason, until: end });
        await onDone();
      }}
    >
      <ChoiceField
        label="Giữ dữ liệu của"
        value={kind}
        onChange={(id) => setKind(id === 'conversation' ? 'conversation' : 'customer')}
        choices={[
          { id: 'customer', words: 'Một khách hàng, ở mọi kênh' },
          { id: 'conversation', words: 'Một cuộc trò chuyện' },
        ]}
      />
      <LineField
        label={kind === 'customer' ? 'Mã khách hàng' : 'Mã cuộc trò chuyện'}
        type="text"
        value={subject}
        onChange={setSubject}
      />
      <LineField label="Văn bản yêu cầu (số, ngày)" type="text" value={reference} onChange={setReference} />
      <NoteField label="Lý do" value={reason} onChange={setReason} isRequired={true} />
      <LineField label="Giữ đến hết ngày" type="date" value={until} onChange={setUntil} />
    </FormDialog>
  );
}

/** From now on the days of keeping run again, and erasures that have waited go on. */
export function LiftDialog({ hold, onDone, onClose }: Done & { readonly hold: HoldAnswer }) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      {...{ isOpen: true, onClose, title: 'Gỡ lệnh giữ', submitWords: 'Gỡ lệnh giữ' }}
      isComplete={reason.trim().length >= 3}
      onSubmit={async () => {
        await callDesk.liftHold({ id: hold.id, reason });
        await onDone();
      }}
    >
      <p>
        {hold.subject} · {hold.reference ?? hold.reason}. Gỡ rồi thì hạn lưu tính tiếp, và yêu cầu xóa đang chờ sẽ được
        thực hiện ngay, không khôi phục được.
      </p>
      <NoteField label="Vì sao gỡ" value={reason} onChange={setReason} isRequired={true} />
    </FormDialog>
  );
}
