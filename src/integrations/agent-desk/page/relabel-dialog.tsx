import { useState } from 'react';
import type { DeskMessage } from '../desk-api/conversation.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { IntentField, useIntents } from './intent-field.tsx';
import { useToasts } from './toasts.tsx';

interface RelabelProps {
  readonly conversationId: string;
  readonly message: DeskMessage;
  readonly onClose: () => void;
}

/** An agent says that the bot took a message for something else, and for what it is. */
export function RelabelDialog({ conversationId, message, onClose }: RelabelProps) {
  const toasts = useToasts();
  const intents = useIntents(toasts.error);
  const [intent, setIntent] = useState('');

  async function report(): Promise<void> {
    await callDesk.relabel(conversationId, message.seq, ...(intent === '' ? [] : [intent]));
    toasts.done('Đã báo. Trưởng ca sẽ xem để bot học.');
  }

  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: 'Bot hiểu nhầm tin này', submitWords: 'Báo' }}
      isComplete
      onSubmit={report}
    >
      <blockquote className="quoted">{message.content?.text}</blockquote>
      <IntentField
        label="Khách thật ra muốn"
        emptyWords="Không rõ, để trưởng ca xem"
        {...{ intents }}
        value={intent}
        onChange={setIntent}
      />
      <p className="quiet">Mã khách hàng, số điện thoại, tên người được thay bằng chữ giả trước khi lưu.</p>
    </FormDialog>
  );
}
