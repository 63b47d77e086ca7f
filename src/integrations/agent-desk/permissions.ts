import { AGENT_ROLES, type AgentRole } from './agent-store.ts';

/** Who may call a route of the desk. `anyone` needs no session. */
export interface Permission {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly allows: 'anyone' | readonly AgentRole[];
}

const EVERY_ROLE: readonly AgentRole[] = AGENT_ROLES;
/** Those who talk to customers. */
const ANSWERING: readonly AgentRole[] = ['agent', 'partner', 'leader', 'admin'];
/** Not staff of a partner: what they see stays masked. */
const OWN_STAFF: readonly AgentRole[] = ['agent', 'leader', 'admin'];
const ADMINS: readonly AgentRole[] = ['admin'];
const LEADERS: readonly AgentRole[] = ['leader', 'admin'];
const DISPATCHERS: readonly AgentRole[] = ['dispatcher', 'leader', 'admin'];

/** The only list of what is open to whom. A route without a row does not start. */
export const PERMISSIONS: readonly Permission[] = [
  { method: 'GET', path: '/desk', allows: 'anyone' },
  { method: 'GET', path: '/desk/assets/*', allows: 'anyone' },
  { method: 'GET', path: '/desk/api/session', allows: 'anyone' },
  { method: 'POST', path: '/desk/api/login', allows: 'anyone' },
  { method: 'POST', path: '/desk/api/logout', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/live', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/queue', allows: ANSWERING },
  { method: 'GET', path: '/desk/api/folded', allows: ANSWERING },
  { method: 'GET', path: '/desk/api/conversations', allows: ANSWERING },
  { method: 'GET', path: '/desk/api/conversation', allows: ANSWERING },
  { method: 'GET', path: '/desk/api/side-panel', allows: ANSWERING },
  { method: 'GET', path: '/desk/api/canned', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/canned', allows: LEADERS },
  { method: 'GET', path: '/desk/api/suggestion', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/retry', allows: ANSWERING },
  { method: 'GET', path: '/desk/api/presence', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/presence', allows: ANSWERING },
  { method: 'GET', path: '/desk/api/colleagues', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/claim', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/say', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/release', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/note', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/transfer', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/requeue', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/close', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/snooze', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/wake', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/see_alarm', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/reveal', allows: OWN_STAFF },
  { method: 'POST', path: '/desk/api/ticket-state', allows: OWN_STAFF },
  { method: 'GET', path: '/desk/api/audit', allows: ADMINS },
  { method: 'POST', path: '/desk/api/logout-everywhere', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/password', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/acts/call_back', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/acts/reassign', allows: LEADERS },
  { method: 'POST', path: '/desk/api/search', allows: OWN_STAFF },
  { method: 'GET', path: '/desk/api/media', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/media/remove', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/files', allows: ANSWERING },
  { method: 'GET', path: '/desk/api/shift', allows: LEADERS },
  { method: 'GET', path: '/desk/api/topics', allows: LEADERS },
  { method: 'GET', path: '/desk/api/figures', allows: LEADERS },
  { method: 'POST', path: '/desk/api/figures/export', allows: LEADERS },
  { method: 'GET', path: '/desk/api/learning', allows: LEADERS },
  { method: 'POST', path: '/desk/api/learning/decide', allows: LEADERS },
  { method: 'GET', path: '/desk/api/intents', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/relabel', allows: ANSWERING },
  { method: 'GET', path: '/desk/api/campaigns', allows: LEADERS },
  { method: 'POST', path: '/desk/api/campaigns/change', allows: LEADERS },
  { method: 'GET', path: '/desk/api/site-notices', allows: OWN_STAFF },
  { method: 'POST', path: '/desk/api/site-notices/phone', allows: OWN_STAFF },
  { method: 'POST', path: '/desk/api/site-notices/called', allows: OWN_STAFF },
  { method: 'POST', path: '/desk/api/site-notices/export', allows: LEADERS },
  { method: 'GET', path: '/desk/api/incidents', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/incidents/versions', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/incidents/create', allows: DISPATCHERS },
  { method: 'POST', path: '/desk/api/incidents/change', allows: DISPATCHERS },
  { method: 'POST', path: '/desk/api/incidents/answer', allows: ANSWERING },
  { method: 'POST', path: '/desk/api/storm', allows: DISPATCHERS },
  { method: 'GET', path: '/desk/api/staff', allows: LEADERS },
  { method: 'POST', path: '/desk/api/staff/lock', allows: LEADERS },
  { method: 'POST', path: '/desk/api/staff/unlock', allows: LEADERS },
  { method: 'POST', path: '/desk/api/staff/role', allows: ADMINS },
  { method: 'GET', path: '/desk/api/privacy', allows: ADMINS },
  { method: 'POST', path: '/desk/api/privacy/hold', allows: ADMINS },
  { method: 'POST', path: '/desk/api/privacy/lift', allows: ADMINS },
  { method: 'POST', path: '/desk/api/privacy/erase', allows: ADMINS },
  { method: 'POST', path: '/desk/api/privacy/export', allows: ADMINS },
  { method: 'GET', path: '/desk/api/crises', allows: EVERY_ROLE },
  { method: 'GET', path: '/desk/api/crises/versions', allows: EVERY_ROLE },
  { method: 'POST', path: '/desk/api/crises/preview', allows: DISPATCHERS },
  { method: 'POST', path: '/desk/api/crises/publish', allows: DISPATCHERS },
  { method: 'POST', path: '/desk/api/crises/change', allows: DISPATCHERS },
];

export function permissionOf(method: string, path: string | undefined): Permission | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  return PERMISSIONS.find((row) => row.method === asked && row.path === path);
}
