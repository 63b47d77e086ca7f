import type { AgentRole } from './agent-store.ts';

/** Who may call a route of the desk. `anyone` needs no session. */
export interface Permission {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly allows: 'anyone' | readonly AgentRole[];
}

const EVERY_ROLE: readonly AgentRole[] = ['agent', 'partner', 'leader', 'admin'];
/** Not staff of a partner: what they see stays masked. */
const OWN_STAFF: readonly AgentRole[] = ['agent', 'leader', 'admin'];
const LEADERS: readonly AgentRole[] = ['leader', 'admin'];

/** The only list of what is open to whom. A route without a row does not start. */
export const PERMISSIONS: readonly Permission[] = [
  { method: 'GET', path: '/desk', allows: 'anyone' },
  { method: 'GET', path: '/desk/assets/*', allows: 'anyone' },
  { method: 'GET', path: '/desk/api/session', allows: 'anyone' },
  { method: 'POST', path: '/desk/api/login', allows: 'anyone' },
  { method: 'POST', path: '/desk/api/logout', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/live', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/queue', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/conversations', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/conversation', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/side-panel', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/canned', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/canned', allows: LEADERS },
  { method: 'GET', path: '/desk/api/suggestion', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/retry', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/presence', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/presence', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/colleagues', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/claim', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/say', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/release', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/note', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/transfer', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/requeue', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/close', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/snooze', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/wake', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/see_alarm', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/reveal', allows: OWN_STAFF },
  { method: 'GET', path: '/desk/api/audit', allows: ['admin'] },
  { method: 'POST', path: '/desk/api/logout-everywhere', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/password', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/call_back', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/reassign', allows: LEADERS },
  { method: 'POST', path: '/desk/api/search', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/media', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/media/remove', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/shift', allows: LEADERS },
  { method: 'GET', path: '/desk/api/topics', allows: LEADERS },
  { method: 'GET', path: '/desk/api/learning', allows: LEADERS },
  { method: 'POST', path: '/desk/api/learning/decide', allows: LEADERS },
  { method: 'GET', path: '/desk/api/intents', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/relabel', allows: EVERY_ROLE },
];

export function permissionOf(method: string, path: string | undefined): Permission | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  return PERMISSIONS.find((row) => row.method === asked && row.path === path);
}
