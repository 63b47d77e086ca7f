import { useEffect, useState } from 'react';
import type { AuditAnswer } from '../desk-api.ts';
import { auditWords } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { dateTimeWords } from './format.ts';

/** Who did what at the desk, the newest first. Nothing here can be changed. */
export function AuditPage({ onError }: { readonly onError: (error: unknown) => void }) {
  const [answer, setAnswer] = useState<AuditAnswer>();
  useEffect(() => {
    callDesk.audit().then(setAnswer, onError);
  }, [onError]);
  return (
    <main className="place-page">
      <h2>Nhật ký</h2>
      {answer === undefined ? (
        <p className="quiet">Đang tải…</p>
      ) : (
        <table className="team">
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
        </table>
      )}
    </main>
  );
}
