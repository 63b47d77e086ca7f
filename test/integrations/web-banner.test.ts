import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import type { Banner } from '../../src/integrations/banner/banner.ts';
import { openBannerBench } from '../support/banner-bench.ts';
import { createFakeChat } from '../support/fake-chat.ts';
import { sampleCrisis, sampleIncident } from '../support/sample-records.ts';
import { sampleTurn } from '../support/sample-turn.ts';
import { startWebServer, type WebServer } from '../support/web-server.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

interface Session {
  readonly conversationId: string;
  readonly token: string;
}

/** Socket and HTTP calls as the widget makes them. */
async function openSession(server: WebServer) {
  const answer = await fetch(`${server.url}/chat/session`, { method: 'POST' });
  const { conversationId, token } = (await answer.json()) as Session;
  const get = async (path: string) =>
    (
      await fetch(`${server.url}/v3/directline/conversations/${conversationId}${path}`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).json() as Promise<{ streamUrl: string; banner?: Banner }>;
  return {
    conversationId,
    get,
    async openSocket(more = '&banner=1') {
      const { streamUrl } = await get('');
      const socket = new WebSocket(`${streamUrl}${more}`);
      const banners: string[] = [];
      let check = () => {};
      socket.on('message', (raw) => {
        const text = raw.toString();
        const { banner } = (text === '' ? {} : JSON.parse(text)) as { banner?: Banner };
        if (banner !== undefined) {
          banners.push(banner.map(({ key }) => key).join(' '));
          check();
        }
      });
      await new Promise((resolve) => socket.once('open', resolve));
      return {
        banners,
        /** Resolves when the banner that came last names these. */
        untilShown: (keys: string) =>
          new Promise<void>((resolve) => {
            check = () => banners.at(-1) === keys && resolve();
            check();
          }),
        close: () => socket.close(),
      };
    },
  };
}

describe('the banner of the web chat', () => {
  let bench: ReturnType<typeof openBannerBench>;
  let server: WebServer;
  let wake: (visitor: string) => void;

  beforeEach(async () => {
    bench = openBannerBench();
    const chat = createFakeChat();
    wake = (visitor) => chat.events.publish({ conversationId: `web:main:${visitor}`, version: 1 });
    server = await startWebServer(chat, { banner: { ...bench, lookMs: 20 } });
  });
  afterEach(async () => {
    await server.stop();
    await bench.close();
  });

  const crisis = (version: number, more: object = {}) => {
    const now = bench.clock.now();
    return sampleCrisis({ id: 'TK1', version, updatedAt: now, expiresAt: now + HOUR_MS, ...more });
  };

  test('follows a crisis message as it is published, changed and withdrawn, and goes when it expires', async () => {
    const socket = await (await openSession(server)).openSocket();
    await socket.untilShown('');
    await bench.here.crises.append(crisis(1));
    await socket.untilShown('crisis/TK1/1');
    await bench.here.crises.append(crisis(2));
    await socket.untilShown('crisis/TK1/2');
    await bench.here.crises.append(crisis(3, { state: 'withdrawn' }));
    await socket.untilShown('');
    await bench.here.crises.append(crisis(1, { id: 'TK2' }));
    await socket.untilShown('crisis/TK2/1');
    bench.clock.advance(HOUR_MS);
    await socket.untilShown('');
    expect(socket.banners).toEqual(['', 'crisis/TK1/1', 'crisis/TK1/2', '', 'crisis/TK2/1', '']);
  });

  test('sees also what another node has published and nobody told', async () => {
    const socket = await (await openSession(server)).openSocket();
    await bench.elsewhere.crises.append(crisis(1));
    await socket.untilShown('crisis/TK1/1');
  });

  test('is read by whoever has no socket, with the time that it still lasts and of the update', async () => {
    bench.clock.advance(Date.parse('2026-11-28T20:00:00+07:00') - bench.clock.now());
    await bench.here.crises.append(crisis(1, { area: { province: 'Long An', places: ['Bến Lức'] } }));
    bench.clock.advance(MINUTE_MS);
    const session = await openSession(server);
    expect((await session.get('/activities?banner=1')).banner).toEqual([
      {
        ...{ key: 'crisis/TK1/1', heading: 'Tin đồn cắt điện (Bến Lức, Long An)', isDanger: false },
        text: 'Dạ, tin cắt điện luân phiên trên mạng là không đúng ạ.',
        ...{ updated: '20:00 thứ Bảy 28/11/2026', lastsMs: HOUR_MS - MINUTE_MS },
      },
    ]);
    // Other clients of Direct Line get what the protocol knows, and nothing else.
    expect(await session.get('/activities')).not.toHaveProperty('banner');
  });

  test('tells a visitor of the incident that he has asked about, in the version that the bot tells', async () => {
    const session = await openSession(server);
    const socket = await session.openSocket();
    const conversationId = `web:main:${session.conversationId}`;
    await bench.here.incidents.append(sampleIncident({ id: 'SK1' }));
    await bench.here.incidents.append(sampleIncident({ id: 'SK2' }));
    await bench.conversations.commit(sampleTurn(conversationId, 1));
    const link = { incidentId: 'SK1', conversationId, reportedAt: 1, reasons: [], isVulnerable: false };
    wake(session.conversationId);
    // The report is an effect: it may come after what tells of the turn.
    await bench.reports.link(link);
    await socket.untilShown('incident/SK1/1');
    await bench.here.incidents.append(sampleIncident({ id: 'SK1', version: 2, cause: 'Cây ngã' }));
    await socket.untilShown('incident/SK1/2');
    await bench.here.incidents.append(sampleIncident({ id: 'SK1', version: 3, state: 'restored', restoredAt: 2 }));
    await socket.untilShown('');
  });

  test('knows by the place that was named what is no matter of a visitor', async () => {
    const session = await openSession(server);
    const conversationId = `web:main:${session.conversationId}`;
    const turn = sampleTurn(conversationId, 1);
    const dialogs = { ...turn.state.dialogs, known: { place: 'Bến Lức / Long An' } };
    await bench.conversations.commit({ ...turn, state: { ...turn.state, dialogs } });
    await bench.here.crises.append(crisis(1, { id: 'A', area: { province: 'Đồng Nai', places: [] } }));
    await bench.here.crises.append(crisis(1, { id: 'B', area: { province: 'Tây Ninh', places: ['Bến Lức'] } }));
    const area = { text: 'Ấp 3', province: 'Tây Ninh', communes: ['Bến Lức'], feeders: [] };
    await bench.here.incidents.append(sampleIncident({ id: 'SK1', area }));
    const socket = await session.openSocket();
    await socket.untilShown('crisis/B/1 incident/SK1/1');
    // Nor does the storm ask him for the place that he has named.
    await bench.here.storm.appendSwitch({ number: 1, isOn: true, by: 'hand', reason: '', at: bench.clock.now() });
    await bench.here.crises.append(crisis(1, { id: 'C' }));
    await socket.untilShown('crisis/B/1 crisis/C/1 incident/SK1/1');
  });

  test('shows whoever has not said where he is what is going on while storm mode is on, danger first', async () => {
    const socket = await (await openSession(server)).openSocket();
    await bench.here.incidents.append(sampleIncident({ id: 'SK1' }));
    await socket.untilShown('');
    await bench.here.storm.appendSwitch({ number: 1, isOn: true, by: 'hand', reason: '', at: bench.clock.now() });
    await socket.untilShown('storm/1');
    await bench.here.crises.append(crisis(1, { isDanger: true }));
    await socket.untilShown('crisis/TK1/1 storm/1');
    await bench.here.storm.appendSwitch({ number: 2, isOn: false, by: 'hand', reason: '', at: bench.clock.now() });
    await socket.untilShown('crisis/TK1/1');
  });
});
