import { useState } from 'react';
import type { EraseAnswer, ExportAnswer, PersonRequest } from '../desk-api/privacy.ts';
import { REQUEST_WAY_WORDS } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { ChoiceField, LineField, NoteField } from './form-fields.tsx';

export type Receipt = EraseAnswer | ExportAnswer;

interface RequestProps {
  readonly wish: 'erase' | 'export';
  readonly onReceipt: (receipt: Receipt) => void;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

type Way = PersonRequest['way'];
const WAYS = Object.keys(REQUEST_WAY_WORDS) as readonly Way[];

/** Carries out what somebody has asked by letter, mail, telephone or at the counter. */
export function PersonRequestDialog({ wish, onReceipt, onDone, onClose }: RequestProps) {
  const [customerCode, setCode] = useState('');
  const [way, setWay] = useState<Way | ''>('');
  const [reference, setReference] = useState('');
  const [proof, setProof] = useState('');
  const isComplete = way !== '' && [customerCode, reference, proof].every((text) => text.trim().length >= 3);
  const title = wish === 'erase' ? 'Xóa dữ liệu theo yêu cầu' : 'Xuất dữ liệu theo yêu cầu';
  return (
    <FormDialog
      {...{ isOpen: true, isComplete, title, submitWords: wish === 'erase' ? 'Xóa dữ liệu' : 'Xuất dữ liệu' }}
      onClose={onClose}
      onSubmit={async () => {
        const request = { customerCode, way: way as Way, reference, proof };
        const answer = await (wish === 'erase' ? callDesk.erasePerson(request) : callDesk.exportPerson(request));
        onReceipt(answer);
        await onDone();
      }}
    >
      {wish === 'erase' && (
        <p>
          Mọi cuộc trò chuyện, tệp, phiếu và bản sao hồ sơ của mã này sẽ bị xóa và không khôi phục được. Hợp đồng, hóa
          đơn gốc vẫn ở công ty điện lực.
        </p>
      )}
      <LineField label="Mã khách hàng" type="text" value={customerCode} onChange={setCode} />
      <ChoiceField
        label="Yêu cầu đến bằng"
        value={way}
        onChange={(id) => setWay(id as Way)}
        choices={WAYS.map((id) => ({ id, words: REQUEST_WAY_WORDS[id] }))}
      />
      <LineField label="Số và ngày của đơn, thư, cuộc gọi" type="text" value={reference} onChange={setReference} />
      <NoteField
        label="Đã xác minh người yêu cầu thế nào (không ghi số giấy tờ, tên, số điện thoại)"
        value={proof}
        onChange={setProof}
        isRequired={true}
      />
    </FormDialog>
  );
}

/** What was done, to be written to the person. */
export function ReceiptDialog({ receipt, onClose }: { readonly receipt: Receipt; readonly onClose: () => void }) {
  return (
    <FormDialog
      {...{ isOpen: true, isComplete: true, title: `Biên nhận ${receipt.number}`, submitWords: 'Xong', onClose }}
      onSubmit={async () => {}}
    >
      {'page' in receipt ? (
        <>
          <p>Chỉ gửi cho đúng người yêu cầu. Đường dẫn dùng được trong 24 giờ.</p>
          <ul>
            <li>
              <a href={receipt.page} target="_blank" rel="noreferrer">
                Mở trang để đọc và in
              </a>
            </li>
            <li>
              <a href={receipt.file}>Tải tệp JSON</a>
            </li>
          </ul>
        </>
      ) : (
        <p>
          {receipt.isHeld
            ? 'Dữ liệu này đang phải giữ theo lệnh, nên chưa xóa gì. Khi lệnh hết hạn hoặc được gỡ, hệ thống tự xóa. Hãy trả lời người yêu cầu đúng như vậy.'
            : 'Việc xóa bắt đầu ngay và xong trong ít phút; kết quả hiện ở danh sách. Hãy gửi số biên nhận này cho người yêu cầu.'}
        </p>
      )}
    </FormDialog>
  );
}
