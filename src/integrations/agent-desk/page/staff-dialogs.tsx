import { type ReactNode, useState } from 'react';
import { AGENT_ROLES, type AgentRole } from '../agent-store.ts';
import type { LockRequest, StaffChange, StaffMember } from '../desk-api/staff.ts';
import { ROLE_WORDS } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { FormDialog } from './form-dialog.tsx';
import { ChoiceField, NoteField } from './form-fields.tsx';
import { useToasts } from './toasts.tsx';

interface StaffDialogProps {
  readonly member: StaffMember;
  readonly onClose: () => void;
  readonly onDone: () => Promise<void>;
}

/** Ends every log-in of the account at once, and gives back what it holds. */
export function LockDialog(props: StaffDialogProps) {
  const { name, open } = props.member;
  return (
    <ReasonDialog {...props} title={`Khóa tài khoản của ${name}`} submitWords="Khóa" ask={callDesk.lockAgent}>
      Mọi phiên đăng nhập của {name} dừng ngay và không đăng nhập lại được.
      {open > 0 && ` ${open} cuộc đang giữ trở lại đầu hàng chờ, kèm ghi chú; khách được báo.`}
    </ReasonDialog>
  );
}

export function UnlockDialog(props: StaffDialogProps) {
  const { name } = props.member;
  return (
    <ReasonDialog {...props} title={`Mở khóa tài khoản của ${name}`} submitWords="Mở khóa" ask={callDesk.unlockAgent}>
      {name} đăng nhập lại được bằng mật khẩu cũ.
    </ReasonDialog>
  );
}

interface ReasonDialogProps extends StaffDialogProps {
  readonly title: string;
  readonly submitWords: string;
  readonly ask: (request: LockRequest) => Promise<StaffChange>;
  readonly children: ReactNode;
}

function ReasonDialog({ member, onClose, onDone, title, submitWords, ask, children }: ReasonDialogProps) {
  const toasts = useToasts();
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      {...{ isOpen: true, onClose, title, submitWords }}
      isComplete={reason.trim().length >= 3}
      onSubmit={async () => {
        const { returned } = await ask({ agentId: member.id, reason });
        toasts.done(doneWords(`Đã ${submitWords.toLowerCase()} tài khoản của ${member.name}.`, returned));
        await onDone();
      }}
    >
      <p>{children}</p>
      <NoteField label="Lý do (ghi vào nhật ký)" value={reason} onChange={setReason} isRequired={true} />
    </FormDialog>
  );
}

/** What the account may do from now on; a page that is open follows by itself. */
export function RoleDialog({ member, onClose, onDone }: StaffDialogProps) {
  const toasts = useToasts();
  const [role, setRole] = useState<AgentRole>(member.role);
  return (
    <FormDialog
      {...{ isOpen: true, onClose, title: `Vai trò của ${member.name}`, submitWords: 'Đổi' }}
      isComplete={role !== member.role}
      onSubmit={async () => {
        const { returned } = await callDesk.changeRole({ agentId: member.id, role });
        toasts.done(doneWords(`${member.name} nay là ${ROLE_WORDS[role].toLowerCase()}.`, returned));
        await onDone();
      }}
    >
      <ChoiceField
        label="Vai trò"
        value={role}
        onChange={(id) => setRole(AGENT_ROLES.find((one) => one === id) ?? member.role)}
        choices={AGENT_ROLES.map((id) => ({ id, words: ROLE_WORDS[id] }))}
      />
      {role === 'dispatcher' && member.open > 0 && (
        <p>Điều độ không trả lời khách: {member.open} cuộc đang giữ trở lại đầu hàng chờ.</p>
      )}
    </FormDialog>
  );
}

function doneWords(words: string, returned: number): string {
  return returned === 0 ? words : `${words} ${returned} cuộc trở lại hàng chờ.`;
}
