import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZaloSimulator } from '../simulators/zalo/create-zalo-simulator.ts';
import { CHANNELS } from './channels.ts';
import type { ConfiguredChannel } from './integrations/channels/channel.ts';
import { sealTokens } from './integrations/channels/zalo/sealed-tokens.ts';
import type { Storage } from './integrations/storage/storage.ts';
import { StartError } from './start-error.ts';

/** Zalo's servers and the phones of its users, played inside the demo. */
export interface DemoZalo {
  /** The Official Account on these servers, to be opened like any other channel. */
  readonly channels: readonly ConfiguredChannel<Storage>[];
  /** Shows the phones under `PHONE_PATH` of our own address. */
  register(app: FastifyInstance): Promise<void>;
  /** Tells Zalo's console where we listen, for example `http://127.0.0.1:8080`. */
  connect(address: string): void;
  close(): Promise<void>;
}

export const PHONE_PATH = '/phone/zalo';

/** Paths of the simulator that its page asks for. */
const PAGE_PATHS = [PHONE_PATH, `${PHONE_PATH}.js`, `${PHONE_PATH}.css`, '/__sim/*', '/media/*'];
/** Notices that the simulated Zalo has approved. */
const SAMPLE_TEMPLATES = 'ticket_state=7895418';
/** Demo customers who have their phones here, with the numbers of the demo data. */
const PEOPLE = [
  { name: 'Nguyễn Thị Hoa', phone: '84900000001' },
  { name: 'Trần Văn Tâm', phone: '84900000002' },
];

/** Starts the simulator with secrets made for this start. Throws outside the demo. */
export async function openDemoZalo({
  mode,
  name,
}: {
  readonly mode: 'demo' | 'live';
  /** Of the OA, as customers see it. */
  readonly name: string;
}): Promise<DemoZalo> {
  if (mode !== 'demo') {
    throw new StartError('The Zalo simulator belongs to the demo: a real service speaks to Zalo itself.');
  }
  // Loaded here and nowhere else, so that a real service runs without the folder.
  const { createZaloSimulator } = await import('../simulators/zalo/create-zalo-simulator.ts');
  const secrets = { secret: randomBytes(24).toString('hex'), oaSecretKey: randomBytes(24).toString('hex') };
  const simulator = createZaloSimulator({
    // Ids of an earlier start stand in the database: none may come again.
    seed: randomUUID(),
    events: 'chatbot',
    settings: { app: secrets, oa: { name } },
  });
  const base = await simulator.listen();
  for (const person of PEOPLE) {
    simulator.control.createUser({ ...person, readsOnScreen: true });
  }
  return {
    channels: channelsOf(simulator, base),
    register: (server) => showPhones(server, simulator),
    connect: (address) => simulator.control.assumeWebhook(`${address}/channels/zalo/webhook`),
    close: simulator.close,
  };
}

function channelsOf({ control }: ZaloSimulator, base: string): DemoZalo['channels'] {
  const { app, oa, oauth } = control.world().settings;
  const configured = CHANNELS.map((kind) =>
    kind.configure({
      ...{ ZALO_APP_ID: app.id, ZALO_APP_SECRET: app.secret, ZALO_OA_SECRET_KEY: app.oaSecretKey, ZALO_OA_ID: oa.id },
      ...{ ZALO_OAUTH_BASE: `${base}/oauth`, ZALO_OPENAPI_BASE: `${base}/openapi` },
      ...{ ZALO_BUSINESS_BASE: `${base}/business`, ZALO_TEMPLATES: SAMPLE_TEMPLATES },
      ZALO_PRIVATE_MEDIA_HOSTS: new URL(base).host,
    }),
  );
  return configured
    .filter((channel) => channel !== undefined)
    .map(({ name, open }) => ({
      name,
      async open(parts) {
        // The pair that the developer site hands to admins: the demo needs no consent page.
        const tokens = sealTokens(parts.stores.zalo.tokens, parts.secretKey);
        const generation = ((await tokens.latest(oa.id))?.generation ?? 0) + 1;
        const issuedAt = parts.clock.now();
        const expiresAt = issuedAt + oauth.accessTokenSeconds * 1_000;
        await tokens.add(oa.id, { generation, ...control.issueTokens(), issuedAt, expiresAt });
        return open(parts);
      },
    }));
}

/** Hands requests for the phones over to the simulator's own server, as they came. */
async function showPhones(server: FastifyInstance, { app }: ZaloSimulator): Promise<void> {
  await server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    for (const path of PAGE_PATHS) {
      scope.all(path, async (request, reply) => {
        reply.hijack();
        app.routing(request.raw, reply.raw);
      });
    }
    done();
  });
}
