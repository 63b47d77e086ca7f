import { useState } from 'react';
import type { ConversationSummary } from '../../../bot/ports.ts';
import type { DeskAgent } from '../desk-api/session.ts';
import type { ShiftAnswer } from '../desk-api/shift.ts';
import { callDesk, newActKey } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { ChoiceField, NoteField } from './form-fields.tsx';
import { displayName } from './queue-row.tsx';
import { useToasts } from './toasts.tsx';

interface GiveProps {
  readonly conversation: ConversationSummary;
  readonly agents: ShiftAnswer['agents'];
  readonly me: DeskAgent;
  readonly onClose: () => void;
  readonly onGiven: () => Promise<void>;
}

/** A leader gives a conversation to somebody, or takes it over. */
export function GiveDialog({ conversation, agents, me, onClose, onGiven }: GiveProps) {
  const toasts = useToasts();
  const [to, setTo] = useState('');
  const [note, setNote] = useState('');
  const { conversationId, agentId, holder } = conversation;
  const choices = agents
    .filter((agent) => agent.isOnline || agent.id === me.id)
    .filter((agent) => holder !== 'agent' || agent.id !== agentId)
    .sort((a, b) => Number(b.id === me.id) - Number(a.id === me.id) || a.open - b.open)
    .map((agent) => ({
      id: agent.id,
      words: agent.id === me.id ? 'Tôi nhận' : `${agent.name} · đang giữ ${agent.open} cuộc`,
    }));

  async function give(): Promise<void> {
    await callDesk.act('reassign', {
      ...{ conversationId, to, key: newActKey() },
      ...(note.trim() !== '' && { note }),
    });
    toasts.done('Đã giao cuộc này.');
    await onGiven();
  }

  return (
    <FormDialog
      {...{ onClose, isOpen: true, title: `Giao ${displayName(conversation)}`, submitWords: 'Giao' }}
      isComplete={to !== ''}
      onSubmit={give}
    >
      <ChoiceField label="Giao cho" value={to} onChange={setTo} choices={choices} />
      <NoteField label="Ghi chú cho người nhận (khách không thấy)" value={note} onChange={setNote} />
    </FormDialog>
  );
}
