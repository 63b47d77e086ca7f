import { useSyncExternalStore } from 'react';
import type { AgentRole } from '../agent-store.ts';
import type { Icon } from './icons.tsx';

/** A page of the desk beside the working screen, kept in the address. */
export interface Place {
  readonly id:
    | 'search'
    | 'incidents'
    | 'crises'
    | 'campaigns'
    | 'sites'
    | 'board'
    | 'figures'
    | 'learning'
    | 'staff'
    | 'privacy'
    | 'audit';
  readonly hash: string;
  readonly label: string;
  readonly icon: Parameters<typeof Icon>[0]['name'];
  readonly roles: readonly AgentRole[];
}

export const PLACES: readonly Place[] = [
  { id: 'search', hash: '#/search', label: 'Tìm kiếm', icon: 'search', roles: ['agent', 'leader', 'admin'] },
  {
    ...{ id: 'incidents', hash: '#/incidents', label: 'Sự cố', icon: 'bolt' },
    roles: ['agent', 'partner', 'leader', 'admin'],
  },
  {
    ...{ id: 'crises', hash: '#/crises', label: 'Tin khẩn', icon: 'alarm' },
    roles: ['agent', 'partner', 'dispatcher', 'leader', 'admin'],
  },
  { id: 'campaigns', hash: '#/campaigns', label: 'Gửi tin', icon: 'send', roles: ['leader', 'admin'] },
  { id: 'sites', hash: '#/sites', label: 'Nhiều điểm', icon: 'team', roles: ['agent', 'leader', 'admin'] },
  { id: 'board', hash: '#/board', label: 'Bảng ca trực', icon: 'board', roles: ['leader', 'admin'] },
  { id: 'figures', hash: '#/figures', label: 'Số liệu', icon: 'trend', roles: ['leader', 'admin'] },
  { id: 'learning', hash: '#/learning', label: 'Bot học', icon: 'lesson', roles: ['leader', 'admin'] },
  { id: 'staff', hash: '#/staff', label: 'Nhân viên', icon: 'badge', roles: ['leader', 'admin'] },
  { id: 'privacy', hash: '#/privacy', label: 'Dữ liệu cá nhân', icon: 'shield', roles: ['admin'] },
  { id: 'audit', hash: '#/audit', label: 'Nhật ký', icon: 'clock', roles: ['admin'] },
];

/** The page that the address names; `undefined` on the working screen, and for pages that this role has not. */
export function usePlace(role: AgentRole): Place['id'] | undefined {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return PLACES.find((place) => place.hash === hash && place.roles.includes(role))?.id;
}

export function goTo(id: Place['id']): void {
  location.hash = PLACES.find((place) => place.id === id)?.hash ?? '';
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
