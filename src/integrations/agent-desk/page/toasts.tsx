import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { DeskError } from './call-desk.ts';
import { Icon } from './icons.tsx';

interface Toast {
  readonly id: number;
  readonly kind: 'error' | 'done';
  readonly text: string;
}

interface ShowToast {
  readonly done: (text: string) => void;
  /** Says what went wrong; a stranger's error is not shown in its own words. */
  readonly error: (error: unknown) => void;
}

const ToastContext = createContext<ShowToast>({ done: () => {}, error: () => {} });
const SHOWN_MS = { error: 10_000, done: 4_000 };
let lastId = 0;

export function useToasts(): ShowToast {
  return useContext(ToastContext);
}

/** Short news at the edge of the screen, read out to who cannot see them. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const drop = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useMemo<ShowToast>(() => {
    const add = (kind: Toast['kind'], text: string) => {
      lastId += 1;
      const id = lastId;
      setToasts((all) => [...all.filter((toast) => toast.text !== text).slice(-2), { id, kind, text }]);
      setTimeout(() => drop(id), SHOWN_MS[kind]);
    };
    return {
      done: (text) => add('done', text),
      error: (error) =>
        add('error', error instanceof DeskError ? error.message : 'Có lỗi trên trang. Vui lòng tải lại.'),
    };
  }, [drop]);

  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map(({ id, kind, text }) => (
          <div key={id} className={`toast toast-${kind}`}>
            <Icon name={kind === 'error' ? 'alarm' : 'tick'} />
            <span>{text}</span>
            <Button className="icon-button" aria-label="Đóng thông báo" onPress={() => drop(id)}>
              <Icon name="close" size={14} />
            </Button>
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
