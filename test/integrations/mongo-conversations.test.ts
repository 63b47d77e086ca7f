import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { ConversationStore, EventInbox } from '../../src/bot/ports.ts';
import { createMongoConversationStore } from '../../src/integrations/storage/mongo/conversation-store.ts';
import { createMongoConversationViews } from '../../src/integrations/storage/mongo/conversation-views.ts';
import { insertMissing, type MongoDatabase, openMongoDatabase } from '../../src/integrations/storage/mongo/database.ts';
import { ATTEMPTS, attemptKey, DELIVERIES } from '../../src/integrations/storage/mongo/delivery-documents.ts';
import { createMongoDeliveryLedger } from '../../src/integrations/storage/mongo/delivery-ledger.ts';
import { EVENTS } from '../../src/integrations/storage/mongo/event-document.ts';
import { createMongoEventInbox } from '../../src/integrations/storage/mongo/event-inbox.ts';
import { keepConnected } from '../../src/integrations/storage/mongo/keep-connected.ts';
import { TURNS, toTurnDocument } from '../../src/integrations/storage/mongo/turn-document.ts';
import { conversationStoreContract } from '../contracts/conversation-store.contract.ts';
import { eventInboxContract } from '../contracts/event-inbox.contract.ts';
import { failingLog } from '../support/failing-log.ts';
import { freshConversation, sampleEvent, sampleTurn } from '../support/sample-turn.ts';
import { describeOnMongo, type MongoPlace, type OpenMongo } from '../support/servers/describe-on-mongo.ts';
import { createTcpGate } from '../support/servers/tcp-gate.ts';

describeOnMongo('the conversation store on MongoDB', (open, place) => {
  const openPorts = async () => {
    const db = await open();
    return { ...portsOn(db), close: () => db.close() };
  };
  conversationStoreContract('MongoDB', openPorts);
  eventInboxContract('MongoDB', openPorts);
  crashTests(open);
  documentTests(open);
  nodeTests(open);
  lostHeartbeatTests(place);
  lostInsertTests(place);
});

function portsOn(db: MongoDatabase): { readonly store: ConversationStore; readonly inbox: EventInbox } {
  return { store: createMongoConversationStore(db, failingLog), inbox: createMongoEventInbox(db) };
}

function onDatabase(open: OpenMongo) {
  const fixture = {} as { db: MongoDatabase; store: ConversationStore; inbox: EventInbox };
  beforeAll(async () => {
    const db = await open();
    Object.assign(fixture, { db, ...portsOn(db) });
  });
  afterAll(() => fixture.db.close());
  return fixture;
}

/** A process that dies between the insert of a turn and its projection leaves exactly this. */
async function commitAndCrash(db: MongoDatabase, conversationId: string, handles: readonly string[]): Promise<void> {
  await db.model(TURNS).insertOne(toTurnDocument(sampleTurn(conversationId, 1, { handles })));
}

function crashTests(open: OpenMongo): void {
  describe('after a crash between a commit and its projection', () => {
    const on = onDatabase(open);

    test('the event is handled', async () => {
      const event = sampleEvent(freshConversation());
      await on.inbox.receive(event);
      await commitAndCrash(on.db, event.conversationId, [event.key]);
      expect(await on.store.isHandled(event.conversationId, event.key)).toBe(true);
    });

    test('the event does not wait', async () => {
      const event = sampleEvent(freshConversation());
      await on.inbox.receive(event);
      await commitAndCrash(on.db, event.conversationId, [event.key]);
      const waiting = await on.inbox.unhandled({ before: Number.MAX_SAFE_INTEGER, limit: 1_000 });
      expect(waiting.map((other) => other.key)).not.toContain(event.key);
    });

    test('the sweep projects the turn, once', async () => {
      const event = sampleEvent(freshConversation());
      await on.inbox.receive(event);
      await commitAndCrash(on.db, event.conversationId, [event.key]);
      expect(await on.store.projectPending(1_000)).toBeGreaterThanOrEqual(1);
      expect(await on.db.model(EVENTS).findById(event.key).lean()).toMatchObject({ waiting: false });
      expect(await on.store.projectPending(1_000)).toBe(0);
    });

    test('committing the same turn again counts as committed and projects it', async () => {
      const turn = sampleTurn(freshConversation(), 1);
      await on.db.model(TURNS).insertOne(toTurnDocument(turn));
      expect(await on.store.commit(turn)).toBe('committed');
      expect(await on.db.model(TURNS).findOne({ id: turn.id, projected: false })).toBeNull();
    });
  });

  describe('of what is derived', () => {
    const on = onDatabase(open);

    test('an earlier turn that nobody projected goes out before a later one', async () => {
      const conversationId = freshConversation();
      await commitAndCrash(on.db, conversationId, []);
      await on.store.commit(sampleTurn(conversationId, 2));
      const due = await createMongoDeliveryLedger(on.db).due({ now: 9_000, limit: 1, conversationId });
      expect(due.map(({ message }) => message.seq)).toEqual([2]);
    });

    test('a delivery whose attempt ended is not sent again', async () => {
      const conversationId = freshConversation();
      await on.store.commit(sampleTurn(conversationId, 1));
      await on.store.commit(sampleTurn(conversationId, 2));
      const ledger = createMongoDeliveryLedger(on.db);
      const attempt = { conversationId, seq: 2, number: 1, at: 5_000 };
      await ledger.begin(attempt);
      await on.db
        .model(ATTEMPTS)
        .updateOne({ _id: attemptKey(attempt) }, { $set: { isOpen: false, state: 'accepted' } });
      const due = await ledger.due({ now: 9_000, limit: 10, conversationId });
      expect(due.map(({ message }) => message.seq)).toEqual([4]);
      const [, sent] = await createMongoConversationViews(on.db).messages(conversationId, 0, 10);
      expect(sent?.delivery).toBe('accepted');
    });

    test('projecting again brings back nothing that is done', async () => {
      const conversationId = freshConversation();
      const turn = sampleTurn(conversationId, 1);
      await on.store.commit(turn);
      const ledger = createMongoDeliveryLedger(on.db);
      const attempt = { conversationId, seq: 2, number: 1, at: 5_000 };
      await ledger.begin(attempt);
      await ledger.finish(attempt, { state: 'accepted' });
      await on.store.commit(turn);
      expect(await ledger.due({ now: 9_000, limit: 10, conversationId })).toEqual([]);
    });

    test('a summary that comes late does not show an older state', async () => {
      const conversationId = freshConversation();
      const queued = sampleTurn(conversationId, 1, { state: { holder: 'queue', epoch: 1, waitingSince: 1 } });
      await on.store.commit(queued);
      await on.store.commit(sampleTurn(conversationId, 2, { messages: [] }));
      await on.store.commit(queued);
      const views = createMongoConversationViews(on.db);
      const idsOf = async (holder: 'queue' | 'bot') =>
        (await views.list({ holders: [holder], limit: 1_000 })).filter((one) => one.conversationId === conversationId);
      expect(await idsOf('queue')).toEqual([]);
      expect((await idsOf('bot')).map(({ version, lastText }) => [version, lastText])).toEqual([[2, 'hỏi 1']]);
    });
  });

  test('an event that comes again after it was forgotten does not wait', async () => {
    const db = await open();
    const { store, inbox } = portsOn(db);
    const event = sampleEvent(freshConversation(), { receivedAt: 1 });
    await inbox.receive(event);
    await store.commit(sampleTurn(event.conversationId, 1, { handles: [event.key] }));
    await inbox.prune(2);
    expect(await inbox.receive(event)).toBe('stored');
    expect(await inbox.unhandled({ before: Number.MAX_SAFE_INTEGER, limit: 1_000 })).not.toContainEqual(event);
    await db.close();
  });
}

function documentTests(open: OpenMongo): void {
  describe('as documents', () => {
    const on = onDatabase(open);

    test('keeps keys and values with dots, dollar signs and per cent signs', async () => {
      const conversationId = freshConversation();
      const turn = sampleTurn(conversationId, 1, {
        state: {
          identities: {
            'PB06.0001$1': { level: 'verified', validUntil: 9_007_199_254_740_991 },
            $where: { level: 'code', validUntil: 1 },
            '100%.%2E': { level: 'code', validUntil: 2 },
          } as never,
          customerName: '$set: {a.b: 1}',
        },
      });
      await on.store.commit(turn);
      expect(await on.store.head(conversationId)).toEqual(turn);
    });

    test('keeps empty maps and lists as they are', async () => {
      const conversationId = freshConversation();
      const turn = sampleTurn(conversationId, 1, { messages: [], handles: [] });
      await on.store.commit(turn);
      expect(await on.store.head(conversationId)).toEqual(turn);
    });

    test('keeps a conversation apart from one whose id continues its own with a slash', async () => {
      const conversationId = freshConversation();
      const other = `${conversationId}/0000000001`;
      await on.store.commit(sampleTurn(conversationId, 1));
      await on.store.commit(sampleTurn(other, 1));
      expect((await on.store.turns(conversationId, 0, 10)).map((turn) => turn.conversationId)).toEqual([
        conversationId,
      ]);
      expect((await on.store.head(conversationId))?.conversationId).toBe(conversationId);
    });

    test('refuses a turn with a field that nobody told it to keep', async () => {
      const turn = { ...sampleTurn(freshConversation(), 1), surprise: 1 };
      await expect(on.store.commit(turn)).rejects.toThrow('surprise');
    });
  });
}

function nodeTests(open: OpenMongo): void {
  test('two nodes that write to one conversation make one chain without gaps', async () => {
    const nodes = await Promise.all([open(), open()]);
    const conversationId = freshConversation();
    const perNode = 6;
    await Promise.all(
      nodes.map(async (db, node) => {
        const { store } = portsOn(db);
        for (let done = 0; done < perNode; ) {
          const version = ((await store.head(conversationId))?.version ?? 0) + 1;
          const turn = sampleTurn(conversationId, version, { handles: [`node/${node}/${conversationId}/${done}`] });
          done += (await store.commit(turn)) === 'committed' ? 1 : 0;
        }
      }),
    );
    const [db] = nodes;
    const chain = await portsOn(db as MongoDatabase).store.turns(conversationId, 0, 100);
    expect(chain.map((turn) => turn.version)).toEqual(Array.from({ length: 2 * perNode }, (_, index) => index + 1));
    expect(new Set(chain.flatMap((turn) => turn.handles)).size).toBe(2 * perNode);
    await Promise.all(nodes.map((node) => node.close()));
  });
}

function lostHeartbeatTests(place: MongoPlace): void {
  test('a connection is opened anew when its driver waits for ever for a heartbeat that no socket has taken', async () => {
    const made: Socket[] = [];
    const keep = (message: unknown) => void made.push((message as { readonly socket: Socket }).socket);
    subscribe('net.client.socket', keep);
    const url = place.url();
    const options = { serverSelectionTimeoutMS: 200, heartbeatFrequencyMS: 500, bufferCommands: false };
    const connection = await mongoose.createConnection(url, options).asPromise();
    unsubscribe('net.client.socket', keep);
    const notes = connection.model('notes', new mongoose.Schema({ text: String }));
    const end = keepConnected(connection, { url, options, everyMs: 50 });
    try {
      // As when the server ends all connections at once: destroyed, and not yet said to be.
      connection.getClient().once('serverHeartbeatStarted', () => {
        for (const socket of made) {
          socket.destroy();
        }
      });
      await once(connection, 'disconnected');
      await once(connection, 'connected');
      await notes.insertOne({ text: 'lại có' });
      expect(await notes.countDocuments()).toBe(1);
    } finally {
      await end();
      await connection.close();
    }
  });
}

function lostInsertTests(place: MongoPlace): void {
  describe('messages to be sent whose connection is lost while they are written', () => {
    test('are not taken for written, and are there once when they are written again', async () => {
      const target = place.target();
      const gate = await createTcpGate({ ...target, port: Number(target.port) });
      const db = await openMongoDatabase({ url: place.url(gate.port), collections: [] });
      const conversationId = freshConversation();
      try {
        await db.model(DELIVERIES).exists({ _id: conversationId });
        gate.shut();
        const delivery = { conversationId, seq: 1, version: 1, state: 'queued', waiting: true, nextAt: 0 } as const;
        const documents = [{ _id: `${conversationId}/1`, ...delivery }];
        await expect(insertMissing(db.model(DELIVERIES), documents)).rejects.toThrow();
        gate.open();
        expect(await insertMissing(db.model(DELIVERIES), documents)).toEqual([]);
        expect(await db.model(DELIVERIES).countDocuments({ conversationId })).toBe(1);
        expect(await insertMissing(db.model(DELIVERIES), documents)).toEqual(documents);
      } finally {
        await db.close();
        await gate.close();
      }
    });
  });
}
