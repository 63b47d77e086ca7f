import { useEffect, useState } from 'react';
import type { CrisisMessage } from '../../../bot/crisis/crisis-message.ts';
import { crisisHeading } from '../../../bot/crisis/match-crisis.ts';
import { callDesk } from './call-desk.ts';
import { dateTimeWords } from './format.ts';
import { VersionsDialog } from './versions-dialog.tsx';

/** Every version of one crisis message, the newest first: who said what, and when. */
export function CrisisHistory({ message, onClose }: { readonly message: CrisisMessage; readonly onClose: () => void }) {
  const [versions, setVersions] = useState<readonly CrisisMessage[]>([message]);
  useEffect(() => {
    callDesk.crisisVersions(message.id).then(
      (answer) => setVersions([...answer.versions].reverse()),
      () => {
        // The version that stands on the page is shown; the connection has a banner of its own.
      },
    );
  }, [message.id]);
  return (
    <VersionsDialog title={crisisHeading(message)} onClose={onClose}>
      {versions.map(({ version, updatedAt, changedBy, state, title, text, expiresAt }) => (
        <li key={version}>
          <strong>Bản {version}</strong> · {dateTimeWords(updatedAt)} · {changedBy.name}
          <br />
          {state === 'withdrawn' ? 'Gỡ tin' : `${title}: ${text} (hết hạn ${dateTimeWords(expiresAt)})`}
        </li>
      ))}
    </VersionsDialog>
  );
}
