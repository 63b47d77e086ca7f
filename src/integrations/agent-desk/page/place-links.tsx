import { useEffect } from 'react';
import type { DeskAgent } from '../desk-api/session.ts';
import { Icon } from './icons.tsx';
import { goTo, PLACES, usePlace } from './places.ts';

/** The ways to the pages of the desk. */
export function PlaceLinks({ agent }: { readonly agent: DeskAgent }) {
  const here = usePlace(agent.role);
  useEffect(() => {
    window.addEventListener('keydown', searchOnKey);
    return () => window.removeEventListener('keydown', searchOnKey);
  }, []);
  const places = PLACES.filter(({ roles }) => roles.includes(agent.role));
  return (
    <nav className="places" aria-label="Các trang">
      {agent.role === 'dispatcher' ? (
        <PlaceLink hash="#/" label="Sự cố" icon="bolt" isHere={here === undefined} />
      ) : (
        <PlaceLink hash="#/" label="Hội thoại" icon="talk" isHere={here === undefined} />
      )}
      {places.map(({ id, hash, label, icon }) => (
        <PlaceLink key={id} {...{ hash, label, icon }} isHere={here === id} />
      ))}
    </nav>
  );
}

/** Ctrl+K, or ⌘K, from anywhere. */
function searchOnKey(event: KeyboardEvent): void {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    goTo('search');
  }
}

interface PlaceLinkProps {
  readonly hash: string;
  readonly label: string;
  readonly icon: Parameters<typeof Icon>[0]['name'];
  readonly isHere: boolean;
}

function PlaceLink({ hash, label, icon, isHere }: PlaceLinkProps) {
  return (
    <a className="place" href={hash} {...(isHere && { 'aria-current': 'page' as const })}>
      <Icon name={icon} size={16} /> <span className="place-label">{label}</span>
    </a>
  );
}
