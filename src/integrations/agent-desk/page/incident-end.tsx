import { useState } from 'react';
import type { Incident, IncidentFacts } from '../../../bot/incidents/incident.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { ChoiceField, LineField } from './form-fields.tsx';
import { fromLocalInput, toLocalInput } from './local-input.ts';

interface EndProps {
  readonly incident: Incident;
  /** Open ones: it may turn out to be one of them. */
  readonly others: readonly Incident[];
  readonly now: number;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

const MINUTE_MS = 60_000;

/** Ends an incident for good: the power is back, it was none, or it is another one. */
export function IncidentEnd({ incident, others, now, onDone, onClose }: EndProps) {
  const [end, setEnd] = useState('');
  const [restoredAt, setRestoredAt] = useState(toLocalInput(now));
  const [target, setTarget] = useState('');
  const targets = others.filter(({ id }) => id !== incident.id);

  const facts = (): IncidentFacts => {
    const { startedAt, area, cause, expectedReturn } = incident;
    const known = {
      ...{ startedAt, area },
      ...(cause !== undefined && { cause }),
      ...(expectedReturn !== undefined && { expectedReturn }),
    };
    switch (end) {
      case 'restored':
        return { ...known, state: 'restored', restoredAt: endMoment(fromLocalInput(restoredAt), startedAt) };
      case 'merged':
        return { ...known, state: 'merged', mergedInto: target };
      default:
        return { ...known, state: 'cancelled' };
    }
  };

  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: 'Kết thúc sự cố', submitWords: 'Kết thúc' }}
      isComplete={end !== '' && (end !== 'merged' || target !== '')}
      onSubmit={async () => {
        await callDesk.changeIncident({ id: incident.id, version: incident.version, facts: facts() });
        await onDone();
      }}
    >
      <p className="quiet">
        {incident.area.text}. Kết thúc rồi thì không mở lại được; nếu lại mất điện, hãy lập sự cố mới.
      </p>
      <ChoiceField
        label="Vì sao"
        value={end}
        onChange={setEnd}
        choices={[
          { id: 'restored', words: 'Đã có điện lại' },
          { id: 'cancelled', words: 'Không phải sự cố' },
          { id: 'merged', words: 'Là một phần của sự cố khác', isDisabled: targets.length === 0 },
        ]}
      />
      {end === 'restored' && (
        <LineField label="Có điện lại lúc" type="datetime-local" value={restoredAt} onChange={setRestoredAt} />
      )}
      {end === 'merged' && (
        <ChoiceField
          label="Sự cố đó"
          value={target}
          onChange={setTarget}
          choices={targets.map(({ id, area }) => ({ id, words: `${area.text} (${id})` }))}
        />
      )}
    </FormDialog>
  );
}

/** The field knows no seconds: the minute in which it began is not before it. */
function endMoment(restoredAt: number, startedAt: number): number {
  return Math.floor(restoredAt / MINUTE_MS) === Math.floor(startedAt / MINUTE_MS) ? startedAt : restoredAt;
}
