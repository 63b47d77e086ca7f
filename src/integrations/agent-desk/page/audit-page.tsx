import { useCallback, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { AuditAnswer } from '../desk-api/shift.ts';
import { auditWords } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { dateTimeWords } from './format.ts';
import { LoadingPage } from './loading-page.tsx';
import { WideTable } from './wide-table.tsx';

/** Who did what at the desk, the newest first, page after page. Nothing here can be changed. */
export function AuditPage({ onError }: { readonly onError: (error: unknown) => void }) {
  const [answer, setAnswer] = useState<AuditAnswer>();
  const [isReading, setIsReading] = useState(false);

  const readOn = useCallback(
    async (before?: string) => {
      setIsReading(true);
      await callDesk
        .audit(before)
        .then(
          (next) =>
            setAnswer((shown) => ({
              ...next,
              entries: [...(before === undefined ? [] : (shown?.entries ?? [])), ...next.entries],
            })),
          onError,
        )
        .finally(() => setIsReading(false));
    },
    [onError],
  );
  useEffect(() => {
    void readOn();
  }, [readOn]);

  if (answer === undefined) {
    return <LoadingPage words="Đang tải" />;
  }
  return (
    <main className="place-page">
      <h2>Nhật ký</h2>
      <WideTable label="Bảng nhật ký">
        <thead>
          <tr>
            <th scope="col">Lúc</th>
            <th scope="col">Ai</th>
            <th scope="col">Việc</th>
            <th scope="col">Với</th>
          </tr>
        </thead>
        <tbody>
          {answer.entries.map(({ id, at, actorName, action, subject = '', reason = '' }) => (
            <tr key={id}>
              <td>{dateTimeWords(at)}</td>
              <td>{actorName}</td>
              <td>{auditWords(action)}</td>
              <td>{[subject, reason].filter((part) => part !== '').join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      {answer.hasEarlier && (
        <Button className="button secondary" isDisabled={isReading} onPress={() => readOn(answer.entries.at(-1)?.id)}>
          {isReading ? 'Đang tải…' : 'Xem cũ hơn'}
        </Button>
      )}
    </main>
  );
}
