import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import mongoose from 'mongoose';
import { COLLECTIONS } from '../../../src/integrations/storage/mongo/collections.ts';
import { type MongoDatabase, openMongoDatabase } from '../../../src/integrations/storage/mongo/database.ts';
import { describeIfServer } from './describe-if-server.ts';
import type { RunningServer } from './run-server.ts';
import { findMongo, startMongo } from './start-mongo.ts';

/** Opens another connection to the database of this group of tests, as another node would. */
export type OpenMongo = () => Promise<MongoDatabase>;

/** Where this group's database is, once its tests run. */
export interface MongoPlace {
  /** Address with the name of the database; through another port of this machine when that is given. */
  url(throughPort?: number): string;
  /** The server itself. */
  target(): { readonly host: string; readonly port: number };
}

/**
 * Tests on a real MongoDB-compatible server, with a database of their own: the one at `MONGODB_URL`, else a `mongod`
 * of this machine, else FerretDB as `npm run provision` builds it.
 */
export function describeOnMongo(name: string, tests: (open: OpenMongo, place: MongoPlace) => void): void {
  const given = process.env['MONGODB_URL'];
  const program = findMongo();
  const missing = given === undefined && program === undefined ? 'a MongoDB-compatible server' : undefined;
  describeIfServer(name, missing, () => {
    const dbName = `lang-nghe-test-${process.pid}-${randomBytes(4).toString('hex')}`;
    const opened: MongoDatabase[] = [];
    let server: RunningServer | undefined;
    let url = given ?? '';

    beforeAll(async () => {
      if (given === undefined && program !== undefined) {
        server = await startMongo(program);
        url = `mongodb://127.0.0.1:${server.port}/`;
      }
    });
    // Whatever a failed test left open would keep the process alive.
    afterAll(async () => {
      await Promise.all(opened.map((db) => db.close()));
      const connection = await mongoose.createConnection(url, { dbName }).asPromise();
      await connection.dropDatabase();
      await connection.close();
      await server?.stop();
    });

    const open = async () => {
      const db = await openMongoDatabase({ url, dbName, collections: COLLECTIONS });
      opened.push(db);
      return db;
    };
    tests(open, {
      url: (throughPort) => withDatabase(url, dbName, throughPort),
      target: () => {
        const [, host = '127.0.0.1', port = '27017'] = FIRST_HOST.exec(url) ?? [];
        return { host, port: Number(port) };
      },
    });
  });
}

const FIRST_HOST = /^mongodb:\/\/(?:[^@/]*@)?([^:/,?]+)(?::(\d+))?/;

/** The same server and user with a database of ours; `throughPort`: by a gate, which knows one server only. */
function withDatabase(url: string, dbName: string, throughPort?: number): string {
  const [, user = '', hosts = '', query = ''] = /^mongodb:\/\/([^@/]*@)?([^/?]+)\/?[^?]*(\?.*)?$/.exec(url) ?? [];
  const place = throughPort === undefined ? hosts : `127.0.0.1:${throughPort}`;
  const direct = throughPort === undefined ? query : `${query === '' ? '?' : `${query}&`}directConnection=true`;
  return `mongodb://${user}${place}/${dbName}${direct}`;
}
