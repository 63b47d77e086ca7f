import type { CrisisMessage } from '../../../bot/crisis/crisis-message.ts';
import { crisisHeading } from '../../../bot/crisis/match-crisis.ts';
import { callDesk } from './call-desk.ts';
import { dateTimeWords } from './format.ts';
import { VersionsDialog } from './versions-dialog.tsx';

/** Every version of one crisis message. */
export function CrisisHistory({ message, onClose }: { readonly message: CrisisMessage; readonly onClose: () => void }) {
  return (
    <VersionsDialog title={crisisHeading(message)} shown={message} load={callDesk.crisisVersions} onClose={onClose}>
      {({ state, title, text, expiresAt }) =>
        state === 'withdrawn' ? 'Gỡ tin' : `${title}: ${text} (hết hạn ${dateTimeWords(expiresAt)})`
      }
    </VersionsDialog>
  );
}
