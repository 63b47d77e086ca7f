import { Button } from 'react-aria-components';
import type { DeskAgent } from '../desk-api.ts';
import { ROLE_WORDS } from '../desk-words.ts';
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
