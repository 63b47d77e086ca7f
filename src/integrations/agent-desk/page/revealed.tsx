import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { RevealRequest } from '../desk-api/customer.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { LineField } from './form-fields.tsx';

interface RevealedProps {
  readonly masked: string;
  readonly label: string;
  readonly asks: Omit<RevealRequest, 'reason'>;
}

/** A glance is enough for a call or an address; then it is masked again. */
const SHOWN_MS = 60_000;

/** A masked value that is shown whole on demand, with a reason, and noted in the audit log. */
export function Revealed({ masked, label, asks }: RevealedProps) {
  const [value, setValue] = useState<string>();
  const [isAsking, setIsAsking] = useState(false);
  const [reason, setReason] = useState('');
  useEffect(() => {
    if (value === undefined) {
      return undefined;
    }
    const mask = setTimeout(() => setValue(undefined), SHOWN_MS);
    return () => clearTimeout(mask);
  }, [value]);
  return (
    <span className="reveal">
      {value ?? masked}
      {value === undefined && (
        <Button
          className="button secondary small"
          aria-label={`Xem đầy đủ: ${label}`}
          onPress={() => setIsAsking(true)}
        >
          Xem
        </Button>
      )}
      {isAsking && (
        <FormDialog
          {...{ isOpen: true, onClose: () => setIsAsking(false), title: `Xem đầy đủ: ${label}`, submitWords: 'Xem' }}
          isComplete={reason.trim().length >= 3}
          onSubmit={async () => setValue((await callDesk.reveal({ ...asks, reason })).value)}
        >
          <p className="quiet">Việc xem được ghi vào nhật ký cùng lý do.</p>
          <LineField label="Lý do" type="text" value={reason} onChange={setReason} />
        </FormDialog>
      )}
    </span>
  );
}
