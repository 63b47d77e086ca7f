import { useState } from 'react';
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { DeskAgent, TeamAnswer } from '../desk-api.ts';
import { PRESENCE_WORDS, ROLE_WORDS } from '../desk-words.ts';
import { callDesk } from './call-desk.ts';
import { Icon } from './icons.tsx';
import { PlaceLinks } from './place-links.tsx';
import { PresenceSwitch } from './presence-switch.tsx';

interface TopBarProps {
  readonly agent: DeskAgent;
  readonly onLogOut: () => void;
  readonly onError: (error: unknown) => void;
}

export function TopBar({ agent, onLogOut, onError }: TopBarProps) {
  async function logOut(): Promise<void> {
    try {
      await callDesk.logOut();
      onLogOut();
    } catch (error) {
      onError(error);
    }
  }

  return (
    <header className="top-bar">
      <h1 className="brand">
        <Icon name="bolt" size={20} /> Lắng Nghe <span className="brand-place">Bàn làm việc</span>
      </h1>
      <PlaceLinks agent={agent} />
      <div className="top-bar-right">
        <PresenceSwitch onError={onError} />
        {agent.role !== 'agent' && <TeamButton onError={onError} />}
        <span className="who">
          <strong>{agent.name}</strong> <span className="who-role">{ROLE_WORDS[agent.role]}</span>
        </span>
        <Button className="button quiet-button" onPress={logOut}>
          <Icon name="exit" size={16} /> <span className="wide-only">Đăng xuất</span>
          <span className="narrow-only hidden-words">Đăng xuất</span>
        </Button>
      </div>
    </header>
  );
}

function TeamButton({ onError }: { readonly onError: (error: unknown) => void }) {
  const [team, setTeam] = useState<TeamAnswer>();

  async function read(isOpen: boolean): Promise<void> {
    if (isOpen) {
      setTeam(undefined);
      await callDesk.team().then(setTeam, onError);
    }
  }

  return (
    <DialogTrigger onOpenChange={read}>
      <Button className="button quiet-button">
        <Icon name="team" size={16} /> <span className="place-label">Ca trực</span>
      </Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="modal">
          <Dialog>
            <Heading slot="title">Ca trực</Heading>
            {team === undefined ? <p className="quiet">Đang tải…</p> : <TeamTable team={team} />}
            <Button slot="close" className="button primary">
              Đóng
            </Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function TeamTable({ team }: { readonly team: TeamAnswer }) {
  return (
    <table className="team">
      <thead>
        <tr>
          <th scope="col">Nhân viên</th>
          <th scope="col">Tình trạng</th>
          <th scope="col">Đang giữ</th>
        </tr>
      </thead>
      <tbody>
        {team.agents.map(({ id, name, role, isOnline, status, open }) => (
          <tr key={id}>
            <th scope="row">
              {name} <span className="quiet">{ROLE_WORDS[role]}</span>
            </th>
            <td>
              <span className={`chip ${isOnline && status === 'available' ? 'chip-good' : ''}`}>
                {isOnline ? PRESENCE_WORDS[status] : 'Không mở'}
              </span>
            </td>
            <td>{open} cuộc</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
