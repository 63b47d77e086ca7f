import { useState } from 'react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import type { CrisisFacts, CrisisMessage } from '../../../bot/crisis/crisis-message.ts';
import type { CrisisPreview } from '../desk-api/crises.ts';
import { intentWords } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { CrisisPreviewView } from './crisis-preview.tsx';
import { FormDialog } from './form-dialog.tsx';
import { LineField, NoteField } from './form-fields.tsx';
import { fromLocalInput, toLocalInput } from './local-input.ts';
import { namesIn } from './names-in.ts';

interface EditorProps {
  /** What the form begins with. */
  readonly from?: CrisisMessage;
  /** The version that this changes; absent: a new message. */
  readonly changes?: CrisisMessage;
  readonly intents: readonly string[];
  readonly now: number;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

const DAY_MS = 86_400_000;

/** Writes a crisis message: first the form, then what everybody would see, and only then is it published. */
export function CrisisEditor({ from, changes, intents, now, onDone, onClose }: EditorProps) {
  const [fields, setFields] = useState(() => fieldsOf(from, changes === undefined ? now + DAY_MS : changes.expiresAt));
  const [preview, setPreview] = useState<CrisisPreview>();
  const [isSeen, setIsSeen] = useState(false);
  const [isTold, setIsTold] = useState(false);
  const set = (name: keyof typeof fields) => (value: string) => setFields((before) => ({ ...before, [name]: value }));
  const title = changes === undefined ? 'Soạn tin khẩn' : 'Sửa tin khẩn';
  const facts = factsIn(fields);
  const isArea = fields.province.trim() !== '';

  if (isSeen && preview !== undefined) {
    return (
      <FormDialog
        {...{
          isOpen: true,
          title: 'Xem trước',
          submitWords: changes === undefined ? 'Đăng cho mọi người' : 'Đăng bản mới',
        }}
        isComplete={preview.checks.every(({ level }) => level !== 'error')}
        onClose={() => setIsSeen(false)}
        onDone={onClose}
        onSubmit={async () => {
          await (changes === undefined
            ? callDesk.publishCrisis({ facts, isTold })
            : callDesk.changeCrisis({ id: changes.id, version: changes.version, facts, isTold }));
          await onDone();
        }}
      >
        <CrisisPreviewView {...{ preview, facts }} />
        {facts.isDanger && (
          <Checkbox className="checkbox" isSelected={isTold} onChange={setIsTold}>
            Gửi ngay, cả ban đêm, cho khách ở nơi này đã đăng ký nhận lịch cúp điện (trừ người đã từ chối nhận tin)
          </Checkbox>
        )}
      </FormDialog>
    );
  }
  return (
    <FormDialog
      {...{ onClose, title, isOpen: true, submitWords: 'Xem trước' }}
      isComplete={fields.title.trim() !== '' && fields.text.trim() !== '' && fields.expiresAt !== ''}
      onDone={() => setIsSeen(true)}
      onSubmit={async () => {
        const { question } = fields;
        setPreview(await callDesk.previewCrisis({ facts, ...(question.trim() !== '' && { question }) }));
      }}
    >
      <LineField label="Tiêu đề" type="text" value={fields.title} onChange={set('title')} />
      <NoteField label="Nội dung, như nói với khách" value={fields.text} onChange={set('text')} isRequired />
      <LineField label="Hết hạn lúc" type="datetime-local" value={fields.expiresAt} onChange={set('expiresAt')} />
      <CheckboxGroup
        className="field crisis-intents"
        value={[...fields.intents]}
        onChange={(chosen) => setFields((before) => ({ ...before, intents: chosen }))}
      >
        <Label>Bot nói tin này khi khách hỏi về</Label>
        <div className="crisis-intent-list">
          {byWords(intents).map((intent) => (
            <Checkbox key={intent} value={intent} className="checkbox">
              {intentWords(intent)}
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <LineField
        label="Hoặc khi câu có từ khóa, cách nhau bằng dấu phẩy"
        type="text"
        value={fields.keywords}
        onChange={set('keywords')}
      />
      <LineField
        label="Chỉ cho tỉnh, thành phố (để trống: mọi nơi)"
        type="text"
        value={fields.province}
        onChange={set('province')}
      />
      {isArea && (
        <LineField
          label="Chỉ cho xã, phường, huyện cũ, cách nhau bằng dấu phẩy (để trống: cả tỉnh)"
          type="text"
          value={fields.places}
          onChange={set('places')}
        />
      )}
      <Checkbox
        className="checkbox"
        isSelected={fields.isDanger}
        onChange={(isDanger) => setFields((before) => ({ ...before, isDanger }))}
      >
        Có thể nguy hiểm cho người: hiện như báo động
      </Checkbox>
      <LineField
        label="Thử một câu của khách (không bắt buộc)"
        type="text"
        value={fields.question}
        onChange={set('question')}
      />
    </FormDialog>
  );
}

function byWords(intents: readonly string[]): readonly string[] {
  return [...intents].sort((a, b) => intentWords(a).localeCompare(intentWords(b), 'vi'));
}

type Fields = ReturnType<typeof fieldsOf>;

function fieldsOf(from: CrisisMessage | undefined, expiresAt: number) {
  const { questions, area } = from ?? {};
  return {
    ...{ title: from?.title ?? '', text: from?.text ?? '', isDanger: from?.isDanger ?? false },
    intents: questions?.intents ?? [],
    keywords: (questions?.keywords ?? []).join(', '),
    province: area?.province ?? '',
    places: (area?.places ?? []).join(', '),
    expiresAt: toLocalInput(expiresAt),
    question: '',
  };
}

function factsIn({ title, text, intents, keywords, province, places, expiresAt, isDanger }: Fields): CrisisFacts {
  return {
    ...{ state: 'published', title, text, isDanger },
    questions: { intents, keywords: namesIn(keywords) },
    ...(province.trim() !== '' && { area: { province, places: namesIn(places) } }),
    expiresAt: fromLocalInput(expiresAt),
  };
}
