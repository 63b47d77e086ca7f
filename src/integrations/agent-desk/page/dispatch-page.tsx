import { useCallback } from 'react';
import type { DeskAgent } from '../desk-api/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { DeskError } from './call-desk.ts';
import { CrisisPage } from './crisis-page.tsx';
import { Icon } from './icons.tsx';
import { IncidentsPage } from './incidents-page.tsx';
import { PlaceLinks } from './place-links.tsx';
import { usePlace } from './places.ts';
import { useToasts } from './toasts.tsx';

interface DispatchProps {
  readonly agent: DeskAgent;
  readonly onLogOut: () => void;
  readonly onSessionEnded: () => void;
}

/** The desk of a dispatcher: incidents and crisis messages, and no conversations of customers. */
export function DispatchPage({ agent, onLogOut, onSessionEnded }: DispatchProps) {
  const toasts = useToasts();
  const place = usePlace(agent.role);
  const onError = useCallback(
    (error: unknown) =>
      error instanceof DeskError && error.code === 'no_session' ? onSessionEnded() : toasts.error(error),
    [onSessionEnded, toasts],
  );
  return (
    <div className="desk">
      <header className="top-bar">
        <h1 className="brand">
          <Icon name="bolt" size={20} /> Lắng Nghe <span className="brand-place">Điều độ</span>
        </h1>
        <PlaceLinks agent={agent} />
        <div className="top-bar-right">
          <AccountMenu {...{ agent, onLogOut, onError }} />
        </div>
      </header>
      <div />
      {place === 'crises' ? (
        <CrisisPage agent={agent} onReadError={onError} />
      ) : (
        <IncidentsPage agent={agent} onReadError={onError} />
      )}
    </div>
  );
}
