import { useState } from 'react';
import { Checkbox } from 'react-aria-components';
import { foldWords } from '../../../dialogs/fold-words.ts';
import type { CannedAnswers } from '../desk-api/conversation.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { LineField, NoteField } from './form-fields.tsx';

type Answer = CannedAnswers['answers'][number];

interface EditorProps {
  /** With an empty id: a new one. */
  readonly answer: Answer;
  readonly onSaved: (answers: readonly Answer[]) => void;
  readonly onClose: () => void;
}

const ID_LENGTH = 40;

/** Changes one ready answer for everybody. */
export function CannedEditor({ answer, onSaved, onClose }: EditorProps) {
  const [title, setTitle] = useState(answer.title);
  const [text, setText] = useState(answer.text);
  const [isRemoved, setIsRemoved] = useState(false);
  const id = answer.id || foldWords(title).replaceAll(' ', '_').slice(0, ID_LENGTH);
  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: answer.id === '' ? 'Thêm câu mẫu' : 'Sửa câu mẫu', submitWords: 'Lưu' }}
      isComplete={id !== '' && text.trim() !== ''}
      onSubmit={async () => onSaved((await callDesk.changeCanned({ id, title, text, isRemoved })).answers)}
    >
      <LineField label="Tên câu mẫu" type="text" value={title} onChange={setTitle} />
      <NoteField label="Nội dung" value={text} onChange={setText} isRequired />
      <p className="quiet">
        Chỗ điền sẵn: {'{ten_khach}'}, {'{ten_nhan_vien}'}, {'{ma_khach_hang}'}, {'{so_phieu}'}.
      </p>
      {answer.id !== '' && (
        <Checkbox className="checkbox" isSelected={isRemoved} onChange={setIsRemoved}>
          Không dùng câu này nữa
        </Checkbox>
      )}
    </FormDialog>
  );
}
