import { useEffect, useState } from 'react';
import type { Incident } from '../../../bot/incidents/incident.ts';
import { INCIDENT_STATE_WORDS } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { dateTimeWords } from './format.ts';
import { VersionsDialog } from './versions-dialog.tsx';

/** Every version of one incident, the newest first: who said what, and when. */
export function IncidentHistory({ incident, onClose }: { readonly incident: Incident; readonly onClose: () => void }) {
  const [versions, setVersions] = useState<readonly Incident[]>([incident]);
  useEffect(() => {
    callDesk.incidentVersions(incident.id).then(
      (answer) => setVersions([...answer.versions].reverse()),
      () => {
        // The version that stands on the page is shown; the connection has a banner of its own.
      },
    );
  }, [incident.id]);
  return (
    <VersionsDialog title={incident.area.text} onClose={onClose}>
      {versions.map((version) => (
        <li key={version.version}>
          <strong>Bản {version.version}</strong> · {dateTimeWords(version.updatedAt)} · {version.changedBy.name}
          <br />
          {INCIDENT_STATE_WORDS[version.state]}
          {version.cause !== undefined && ` · ${version.cause}`}
          {version.expectedReturn !== undefined &&
            ` · dự kiến ${dateTimeWords(version.expectedReturn.at)} (theo ${version.expectedReturn.source})`}
        </li>
      ))}
    </VersionsDialog>
  );
}
