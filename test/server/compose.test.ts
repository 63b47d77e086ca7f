import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CORE_SCHEMA, load, mergeTag } from 'js-yaml';
import { readConfig } from '../../src/config.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Service {
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
}

const { services, volumes } = load(readFileSync(join(ROOT, 'compose.yaml'), 'utf8'), {
  schema: CORE_SCHEMA.withTags(mergeTag),
}) as {
  services: Readonly<Record<string, Service>>;
  volumes: Readonly<Record<string, unknown>>;
};
const proxy = readFileSync(join(ROOT, 'deploy/nginx.conf'), 'utf8');
const nodes = Object.entries(services).filter(([name]) => /^node\d$/.test(name));
/** What a file `.env` would hold. */
const GIVEN: Readonly<Record<string, string>> = {
  SECRET_KEY: 'a-secret-key-of-a-service-32-long!',
  PUBLIC_URL: 'https://chat.dienluc.example',
  SMS_URL: 'https://sms.dienluc.example/send',
};

describe('compose.yaml', () => {
  test.each(nodes)('gives %s settings with which it starts', (_name, { environment = {} }) => {
    const env = Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value.replace(/\$\{(\w+):\?[^}]*\}/g, (_all, variable: string) => GIVEN[variable] ?? ''),
      ]),
    );
    expect(readConfig(env)).toMatchObject({
      mode: 'live',
      nodes: nodes.length,
      redisUrl: 'redis://redis:6379',
      mongodbUrl: expect.stringContaining('replicaSet=rs0'),
    });
  });

  test('names only services of its own as servers, and keeps a disk for each node', () => {
    const { MONGODB_URL = '' } = nodes[0]?.[1].environment ?? {};
    const members = /^mongodb:\/\/([^/]+)\//.exec(MONGODB_URL)?.[1]?.split(',') ?? [];
    expect(members).toHaveLength(3);
    expect(Object.keys(services)).toEqual(expect.arrayContaining([...members, 'redis']));
    const disks = nodes.map(([, service]) => service.volumes?.[0]?.split(':')[0]);
    expect(new Set(disks).size).toBe(nodes.length);
    expect(Object.keys(volumes)).toEqual(expect.arrayContaining(disks));
  });

  test('has every node behind the proxy, sockets included', () => {
    const behind = [...proxy.matchAll(/^\s*server (\w+):8080/gm)].map(([, name]) => name);
    expect(behind).toEqual(nodes.map(([name]) => name));
    // Three pictures of 10 MB, and the words with them.
    expect(Number(/client_max_body_size (\d+)m;/.exec(proxy)?.[1])).toBeGreaterThan(30);
    expect(proxy).toMatch(/proxy_set_header Upgrade \$http_upgrade;/);
  });
});
