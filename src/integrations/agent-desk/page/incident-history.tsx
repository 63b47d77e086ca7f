import type { Incident } from '../../../bot/incidents/incident.ts';
import { INCIDENT_STATE_WORDS } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { dateTimeWords } from './format.ts';
import { VersionsDialog } from './versions-dialog.tsx';

/** Every version of one incident. */
export function IncidentHistory({ incident, onClose }: { readonly incident: Incident; readonly onClose: () => void }) {
  return (
    <VersionsDialog title={incident.area.text} shown={incident} load={callDesk.incidentVersions} onClose={onClose}>
      {({ state, cause, expectedReturn }) => (
        <>
          {INCIDENT_STATE_WORDS[state]}
          {cause !== undefined && ` · ${cause}`}
          {expectedReturn !== undefined &&
            ` · dự kiến ${dateTimeWords(expectedReturn.at)} (theo ${expectedReturn.source})`}
        </>
      )}
    </VersionsDialog>
  );
}
