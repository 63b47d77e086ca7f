import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { DeskAgent } from '../desk-api/session.ts';
import type { StaffMember } from '../desk-api/staff.ts';
import { ROLE_WORDS } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { dateTimeWords } from './format.ts';
import { LoadingPage } from './loading-page.tsx';
import { LockDialog, RoleDialog, UnlockDialog } from './staff-dialogs.tsx';
import { usePolled } from './use-polled.ts';
import { WideTable } from './wide-table.tsx';

interface StaffProps {
  readonly agent: DeskAgent;
  readonly onReadError: (error: unknown) => void;
}

const EVERY_MS = 10_000;
const DIALOGS = { lock: LockDialog, unlock: UnlockDialog, role: RoleDialog };

/** Every account of the desk. Leaders lock out those whom they lead; admins everybody, and they give roles. */
export function StaffPage({ agent, onReadError }: StaffProps) {
  const { answer, refresh, hasFailed } = usePolled(callDesk.staff, EVERY_MS, onReadError);
  const [opened, setOpened] = useState<{ readonly kind: keyof typeof DIALOGS; readonly member: StaffMember }>();
  if (answer === undefined) {
    return <LoadingPage words="Đang tải nhân viên" hasFailed={hasFailed} />;
  }
  const isAdmin = agent.role === 'admin';
  const Opened = opened && DIALOGS[opened.kind];
  return (
    <main className="place-page">
      <h2>Nhân viên</h2>
      <p className="quiet">
        Khóa tài khoản khi nhân viên nghỉ việc, đổi việc hoặc mất máy: mọi phiên đăng nhập dừng ngay, các cuộc đang giữ
        trở lại đầu hàng chờ.
      </p>
      <WideTable label="Tài khoản của bàn làm việc">
        <thead>
          <tr>
            <th scope="col">Nhân viên</th>
            <th scope="col">Vai trò</th>
            <th scope="col">Tình trạng</th>
            <th scope="col">Đang giữ</th>
            <th scope="col">
              <span className="hidden-words">Việc</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {answer.staff.map((member) => (
            <tr key={member.id}>
              <th scope="row">
                {member.name} <span className="quiet">{member.login}</span>
              </th>
              <td>{ROLE_WORDS[member.role]}</td>
              <td>
                <StateChip member={member} />
              </td>
              <td>{member.open}</td>
              <td>
                {member.id === agent.id ? (
                  <span className="quiet">Tài khoản của anh/chị</span>
                ) : (
                  <span className="open-acts">
                    {isAdmin && (
                      <Button
                        className="button secondary small"
                        aria-label={`Đổi vai trò của ${member.name}`}
                        onPress={() => setOpened({ kind: 'role', member })}
                      >
                        Đổi vai trò…
                      </Button>
                    )}
                    {(isAdmin || !['leader', 'admin'].includes(member.role)) && (
                      <LockButton member={member} onPress={(kind) => setOpened({ kind, member })} />
                    )}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      {Opened && <Opened member={opened.member} onClose={() => setOpened(undefined)} onDone={refresh} />}
    </main>
  );
}

function StateChip({ member: { lockedAt, isOnline } }: { readonly member: StaffMember }) {
  if (lockedAt !== undefined) {
    return <span className="chip chip-warn">Đã khóa từ {dateTimeWords(lockedAt)}</span>;
  }
  return <span className={`chip ${isOnline ? 'chip-good' : ''}`}>{isOnline ? 'Đang mở' : 'Không mở'}</span>;
}

interface LockButtonProps {
  readonly member: StaffMember;
  readonly onPress: (kind: 'lock' | 'unlock') => void;
}

function LockButton({ member, onPress }: LockButtonProps) {
  const kind = member.lockedAt === undefined ? 'lock' : 'unlock';
  const words = kind === 'lock' ? 'Khóa' : 'Mở khóa';
  return (
    <Button
      className="button secondary small"
      aria-label={`${words} tài khoản của ${member.name}`}
      onPress={() => onPress(kind)}
    >
      {words}…
    </Button>
  );
}
