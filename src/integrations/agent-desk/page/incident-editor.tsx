import { useState } from 'react';
import type { Incident, IncidentFacts } from '../../../bot/incidents/incident.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { LineField, NoteField } from './form-fields.tsx';
import { fromLocalInput, toLocalInput } from './local-input.ts';
import { namesIn } from './names-in.ts';

interface EditorProps {
  /** Absent: a new one. */
  readonly incident?: Incident;
  readonly now: number;
  readonly onDone: () => Promise<void>;
  readonly onClose: () => void;
}

/** Makes an incident, or confirms or changes one that is open: everything on the form is the next version. */
export function IncidentEditor({ incident, now, onDone, onClose }: EditorProps) {
  const { area, expectedReturn } = incident ?? {};
  const [fields, setFields] = useState({
    text: area?.text ?? '',
    province: area?.province ?? '',
    district: area?.district ?? '',
    communes: (area?.communes ?? []).join(', '),
    feeders: (area?.feeders ?? []).join(', '),
    startedAt: toLocalInput(incident?.startedAt ?? now),
    cause: incident?.cause ?? '',
    returnAt: expectedReturn === undefined ? '' : toLocalInput(expectedReturn.at),
    source: expectedReturn?.source ?? '',
  });
  const set = (name: keyof typeof fields) => (value: string) => setFields((before) => ({ ...before, [name]: value }));
  const reaches = [fields.district, fields.communes, fields.feeders, area?.unit ?? ''].some((one) => one.trim() !== '');
  const isReturnWhole = (fields.returnAt === '') === (fields.source.trim() === '');
  const isComplete = fields.text.trim() !== '' && fields.province.trim() !== '' && reaches && isReturnWhole;

  const facts = (): IncidentFacts => ({
    state: 'ongoing',
    area: {
      ...{ text: fields.text, province: fields.province },
      ...{ communes: namesIn(fields.communes), feeders: namesIn(fields.feeders) },
      ...(fields.district.trim() !== '' && { district: fields.district }),
      ...(area?.unit !== undefined && { unit: area.unit }),
    },
    startedAt: fromLocalInput(fields.startedAt),
    ...(fields.cause.trim() !== '' && { cause: fields.cause }),
    ...(fields.returnAt !== '' && {
      expectedReturn: { at: fromLocalInput(fields.returnAt), source: fields.source },
    }),
  });

  return (
    <FormDialog
      {...{ onClose, isComplete, isOpen: true }}
      title={titleOf(incident)}
      submitWords={incident?.state === 'suspected' ? 'Xác nhận' : 'Lưu'}
      onSubmit={async () => {
        await (incident === undefined
          ? callDesk.createIncident({ facts: facts() })
          : callDesk.changeIncident({ id: incident.id, version: incident.version, facts: facts() }));
        await onDone();
      }}
    >
      <NoteField label="Khu vực, như nói với khách" value={fields.text} onChange={set('text')} isRequired />
      <LineField
        label="Tỉnh, thành phố (tên cũ hoặc mới)"
        type="text"
        value={fields.province}
        onChange={set('province')}
      />
      <LineField
        label="Huyện, thị xã cũ (nếu cả huyện)"
        type="text"
        value={fields.district}
        onChange={set('district')}
      />
      <LineField
        label="Xã, phường, cách nhau bằng dấu phẩy"
        type="text"
        value={fields.communes}
        onChange={set('communes')}
      />
      <LineField
        label="Xuất tuyến, trạm, cách nhau bằng dấu phẩy"
        type="text"
        value={fields.feeders}
        onChange={set('feeders')}
      />
      <LineField label="Mất điện từ" type="datetime-local" value={fields.startedAt} onChange={set('startedAt')} />
      <LineField label="Nguyên nhân (nếu đã biết)" type="text" value={fields.cause} onChange={set('cause')} />
      <LineField
        label="Dự kiến có điện (để trống nếu chưa ai nói)"
        type="datetime-local"
        value={fields.returnAt}
        onChange={set('returnAt')}
      />
      <LineField label="Giờ dự kiến do ai báo" type="text" value={fields.source} onChange={set('source')} />
    </FormDialog>
  );
}

function titleOf(incident: Incident | undefined): string {
  if (incident === undefined) {
    return 'Lập sự cố';
  }
  return incident.state === 'suspected' ? 'Xác nhận sự cố' : 'Sửa sự cố';
}
