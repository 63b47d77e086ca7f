import { useState } from 'react';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { LineField } from './form-fields.tsx';
import { useToasts } from './toasts.tsx';

/** A new password ends every other log-in of the agent. */
export function PasswordDialog({ onClose }: { readonly onClose: () => void }) {
  const toasts = useToasts();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: 'Đổi mật khẩu', submitWords: 'Đổi mật khẩu' }}
      isComplete={current !== '' && next !== '' && next === again}
      onSubmit={async () => {
        await callDesk.changePassword(current, next);
        toasts.done('Đã đổi mật khẩu. Các nơi đăng nhập khác đã được thoát.');
      }}
    >
      <LineField
        label="Mật khẩu đang dùng"
        type="password"
        value={current}
        onChange={setCurrent}
        autoComplete="current-password"
      />
      <LineField
        label="Mật khẩu mới (ít nhất 10 ký tự)"
        type="password"
        value={next}
        onChange={setNext}
        autoComplete="new-password"
      />
      <LineField
        label="Nhập lại mật khẩu mới"
        type="password"
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
      />
    </FormDialog>
  );
}
