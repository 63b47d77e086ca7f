import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import type { AgentRole } from '../../src/integrations/agent-desk/agent-store.ts';
import { guardRoutes, isSameOrigin } from '../../src/integrations/agent-desk/guard.ts';
import { PERMISSIONS } from '../../src/integrations/agent-desk/permissions.ts';
import { type DeskServer, openLive, PAGE_HEADERS, startDesk } from '../support/desk-server.ts';

type Caller = AgentRole | 'nobody';
type Expected = 'open' | 'no_session' | 'not_allowed';

/** Who gets in where, written out by hand: a change of the table must be meant. */
type Row = Readonly<Record<Caller, Expected>>;
const EVERYBODY: Row = {
  ...{ nobody: 'open', agent: 'open', partner: 'open', dispatcher: 'open', leader: 'open', admin: 'open' },
};
const LOGGED_IN: Row = { ...EVERYBODY, nobody: 'no_session' };
const ANSWERING: Row = { ...LOGGED_IN, dispatcher: 'not_allowed' };
const OWN_STAFF: Row = { ...ANSWERING, partner: 'not_allowed' };
const LEADERS: Row = { ...OWN_STAFF, agent: 'not_allowed' };
const DISPATCHERS: Row = { ...LEADERS, dispatcher: 'open' };
const ADMINS: Row = { ...LEADERS, leader: 'not_allowed' };
const EXPECTED: Readonly<Record<string, Row>> = {
  'GET /desk': EVERYBODY,
  'GET /desk/assets/*': EVERYBODY,
  'GET /desk/api/session': EVERYBODY,
  'POST /desk/api/login': EVERYBODY,
  'POST /desk/api/logout': LOGGED_IN,
  'GET /desk/live': LOGGED_IN,
  'GET /desk/api/queue': ANSWERING,
  'GET /desk/api/folded': ANSWERING,
  'GET /desk/api/conversations': ANSWERING,
  'GET /desk/api/conversation': ANSWERING,
  'GET /desk/api/side-panel': ANSWERING,
  'POST /desk/api/acts/claim': ANSWERING,
  'POST /desk/api/acts/say': ANSWERING,
  'POST /desk/api/acts/release': ANSWERING,
  'POST /desk/api/acts/note': ANSWERING,
  'POST /desk/api/acts/transfer': ANSWERING,
  'POST /desk/api/acts/requeue': ANSWERING,
  'POST /desk/api/acts/close': ANSWERING,
  'POST /desk/api/acts/snooze': ANSWERING,
  'POST /desk/api/acts/wake': ANSWERING,
  'POST /desk/api/acts/see_alarm': ANSWERING,
  'POST /desk/api/reveal': OWN_STAFF,
  'POST /desk/api/ticket-state': OWN_STAFF,
  'GET /desk/api/audit': ADMINS,
  'POST /desk/api/logout-everywhere': LOGGED_IN,
  'POST /desk/api/password': LOGGED_IN,
  'POST /desk/api/acts/call_back': ANSWERING,
  'POST /desk/api/acts/reassign': LEADERS,
  'GET /desk/api/colleagues': ANSWERING,
  'POST /desk/api/search': OWN_STAFF,
  'GET /desk/api/canned': ANSWERING,
  'POST /desk/api/canned': LEADERS,
  'GET /desk/api/suggestion': ANSWERING,
  'POST /desk/api/retry': ANSWERING,
  'GET /desk/api/presence': ANSWERING,
  'POST /desk/api/presence': ANSWERING,
  'GET /desk/api/media': ANSWERING,
  'POST /desk/api/media/remove': ANSWERING,
  'POST /desk/api/files': ANSWERING,
  'GET /desk/api/shift': LEADERS,
  'GET /desk/api/topics': LEADERS,
  'GET /desk/api/figures': LEADERS,
  'POST /desk/api/figures/export': LEADERS,
  'GET /desk/api/learning': LEADERS,
  'POST /desk/api/learning/decide': LEADERS,
  'GET /desk/api/intents': ANSWERING,
  'POST /desk/api/relabel': ANSWERING,
  'GET /desk/api/incidents': LOGGED_IN,
  'GET /desk/api/incidents/versions': LOGGED_IN,
  'POST /desk/api/incidents/create': DISPATCHERS,
  'POST /desk/api/incidents/change': DISPATCHERS,
  'POST /desk/api/incidents/answer': ANSWERING,
  'POST /desk/api/storm': DISPATCHERS,
  'GET /desk/api/crises': LOGGED_IN,
  'GET /desk/api/crises/versions': LOGGED_IN,
  'POST /desk/api/crises/preview': DISPATCHERS,
  'POST /desk/api/crises/publish': DISPATCHERS,
  'POST /desk/api/crises/change': DISPATCHERS,
  'GET /desk/api/campaigns': LEADERS,
  'POST /desk/api/campaigns/change': LEADERS,
  'GET /desk/api/site-notices': OWN_STAFF,
  'POST /desk/api/site-notices/phone': OWN_STAFF,
  'POST /desk/api/site-notices/called': OWN_STAFF,
  'POST /desk/api/site-notices/export': LEADERS,
  'GET /desk/api/staff': LEADERS,
  'POST /desk/api/staff/lock': LEADERS,
  'POST /desk/api/staff/unlock': LEADERS,
  'POST /desk/api/staff/role': ADMINS,
  'GET /desk/api/privacy': ADMINS,
  'POST /desk/api/privacy/hold': ADMINS,
  'POST /desk/api/privacy/lift': ADMINS,
  'POST /desk/api/privacy/erase': ADMINS,
  'POST /desk/api/privacy/export': ADMINS,
};

const CALLERS: readonly Caller[] = ['nobody', 'agent', 'partner', 'dispatcher', 'leader', 'admin'];
const rows = PERMISSIONS.map(({ method, path }) => `${method} ${path}`);

describe('the permission table of the desk', () => {
  let desk: DeskServer;
  let address: string;

  beforeAll(async () => {
    desk = await startDesk();
    for (const role of ['agent', 'partner', 'dispatcher', 'leader', 'admin'] as const) {
      await desk.addAgent(role, role, role);
    }
    address = await desk.listen();
  });
  afterAll(() => desk.close());

  test('has exactly the rows that this test knows', () => {
    expect([...rows].sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test.each(rows.flatMap((row) => CALLERS.map((caller) => [row, caller] as const)))(
    '%s for %s',
    async (row, caller) => {
      const [method, path] = row.split(' ') as ['GET' | 'POST', string];
      const cookie = caller === 'nobody' ? '' : (await desk.as(caller)).cookie;
      const headers = { ...PAGE_HEADERS, ...(cookie !== '' && { cookie }) };
      const expected = EXPECTED[row]?.[caller];
      if (path === '/desk/live') {
        const live = openLive(address, { ...headers, origin: address });
        const end = await Promise.race([live.next('hello'), live.closed]);
        expect(typeof end === 'object').toBe(expected === 'open');
        live.socket.close();
        return;
      }
      const url = path.replace('*', 'desk.js');
      const response = await desk.app.inject({ method, url, headers, ...(method === 'POST' && { payload: {} }) });
      if (expected === 'open') {
        expect([200, 204, 400]).toContain(response.statusCode);
      } else {
        expect(response.statusCode).toBe(expected === 'no_session' ? 401 : 403);
        expect(response.json().code).toBe(expected);
      }
    },
  );

  test('lets no route start that has no row', () => {
    const app = Fastify();
    const sessions = {
      find: async () => undefined,
      agentOf: async () => undefined,
      start: async () => '',
      end: async () => {},
    };
    guardRoutes(app, { sessions, leases: { seen: async () => {} }, cookieName: 'c', isAllowedOrigin: isSameOrigin });
    expect(() => app.get('/desk/api/secrets', async () => 'x')).toThrow('/desk/api/secrets has no row');
  });
});

describe('a writing route of the desk', () => {
  let desk: DeskServer;
  beforeAll(async () => {
    desk = await startDesk();
    await desk.addAgent('lan', 'Chị Lan');
  });
  afterAll(() => desk.close());

  const writing = PERMISSIONS.filter(({ method }) => method === 'POST').map(({ path }) => path);

  test.each(writing)('%s is refused without the header that only our page sends', async (url) => {
    const { cookie } = await desk.as('lan');
    const response = await desk.app.inject({ method: 'POST', url, headers: { cookie }, payload: {} });
    expect([response.statusCode, response.json().code]).toEqual([403, 'foreign_page']);
  });

  test.each(writing)('%s is refused to a page of another origin', async (url) => {
    const { cookie } = await desk.as('lan');
    const headers = { ...PAGE_HEADERS, cookie, origin: 'https://evil.example', host: 'desk.example' };
    const response = await desk.app.inject({ method: 'POST', url, headers, payload: {} });
    expect([response.statusCode, response.json().code]).toEqual([403, 'foreign_page']);
  });

  test.each(['null', 'https://desk.example.evil.example', 'http://desk.example:81'])(
    'is refused to the origin %s, which only looks like ours',
    async (origin) => {
      const { cookie } = await desk.as('lan');
      const headers = { ...PAGE_HEADERS, cookie, origin, host: 'desk.example' };
      const response = await desk.app.inject({ method: 'POST', url: '/desk/api/logout', headers });
      expect(response.statusCode).toBe(403);
    },
  );

  test('is open to our own page', async () => {
    const { cookie } = await desk.as('lan');
    const headers = { ...PAGE_HEADERS, cookie, origin: 'https://desk.example', host: 'desk.example' };
    const response = await desk.app.inject({ method: 'POST', url: '/desk/api/logout', headers });
    expect(response.statusCode).toBe(204);
  });
});
