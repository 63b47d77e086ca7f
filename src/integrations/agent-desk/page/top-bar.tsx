import type { DeskAgent } from '../desk-api/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { Icon } from './icons.tsx';
import { PlaceLinks } from './place-links.tsx';
import { PresenceSwitch } from './presence-switch.tsx';

interface TopBarProps {
  readonly agent: DeskAgent;
  readonly onLogOut: () => void;
  readonly onError: (error: unknown) => void;
}

export function TopBar({ agent, onLogOut, onError }: TopBarProps) {
  return (
    <header className="top-bar">
      <h1 className="brand">
        <Icon name="bolt" size={20} /> Lắng Nghe <span className="brand-place">Bàn làm việc</span>
      </h1>
      <PlaceLinks agent={agent} />
      <div className="top-bar-right">
        <PresenceSwitch onError={onError} />
        <AccountMenu {...{ agent, onLogOut, onError }} />
      </div>
    </header>
  );
}
