import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Agent } from '../../src/integrations/agent-desk/agent-store.ts';
import { isPassword } from '../../src/integrations/agent-desk/passwords.ts';
import { openDatabase } from '../../src/integrations/storage/sqlite/database.ts';
import { createSqliteDeskStore } from '../../src/integrations/storage/sqlite/desk-store.ts';

const SCRIPT = join(import.meta.dirname, '../../scripts/agent-add.ts');
// Each test starts the script several times.
jest.setTimeout(60_000);
const PASSWORD = 'mot-hai-ba-dien';

describe('npm run agent:add', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'agent-add-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function add(args: readonly string[], password = PASSWORD) {
    const all = [SCRIPT, '--db', join(folder, 'live', 'x.sqlite'), ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, all, { input: `${password}\n`, encoding: 'utf8' });
    return { status, stdout, stderr };
  }
  async function agentOf(login: string): Promise<Agent | undefined> {
    const database = openDatabase({ path: join(folder, 'live', 'x.sqlite') });
    try {
      return await createSqliteDeskStore(database).agentByLogin(login);
    } finally {
      await database.close();
    }
  }

  test('makes the first agent an admin and the next one an agent, with a hashed password', async () => {
    expect(add(['--login', 'HANH', '--name', 'Chị Hạnh'])).toMatchObject({ status: 0, stderr: '' });
    expect(add(['--login', 'lan', '--name', 'Chị Lan'])).toMatchObject({ status: 0, stderr: '' });
    const [hanh, lan] = [await agentOf('hanh'), await agentOf('lan')];
    expect([hanh?.role, lan?.role]).toEqual(['admin', 'agent']);
    expect(hanh?.name).toBe('Chị Hạnh');
    expect(await isPassword(PASSWORD, hanh?.passwordHash ?? '')).toBe(true);
  });

  test('refuses a taken login, and changes a password only when told to', async () => {
    add(['--login', 'lan', '--name', 'Chị Lan']);
    const taken = add(['--login', 'lan', '--name', 'Kẻ khác'], 'mat-khau-khac');
    expect(taken.status).toBe(1);
    expect(taken.stderr).toBe('The login lan is taken: choose another, or set a new password with --reset.\n');
    expect(await isPassword(PASSWORD, (await agentOf('lan'))?.passwordHash ?? '')).toBe(true);
    expect(add(['--login', 'lan', '--reset'], 'mat-khau-khac').status).toBe(0);
    const lan = await agentOf('lan');
    expect(await isPassword('mat-khau-khac', lan?.passwordHash ?? '')).toBe(true);
    expect(lan?.name).toBe('Chị Lan');
  });

  test.each([
    ['a short password', ['--login', 'lan', '--name', 'Chị Lan'], 'ngan', /at least 10 characters/],
    [
      'a password with the login in it',
      ['--login', 'lan', '--name', 'Chị Lan'],
      'lan-1234567',
      /not contain the login/,
    ],
    ['a login with blanks', ['--login', 'chị lan', '--name', 'Chị Lan'], PASSWORD, /login must have/],
    ['no name', ['--login', 'lan', '--name', ' '], PASSWORD, /name, as customers read it/],
    ['an unknown role', ['--login', 'lan', '--name', 'Chị Lan', '--role', 'boss'], PASSWORD, /^Usage: /],
    ['a reset for nobody', ['--login', 'ai', '--reset'], PASSWORD, /no agent with the login ai/],
    ['nothing at all, and nobody to ask', [], PASSWORD, /^Usage: /],
  ])('says what to do when given %s, and adds nobody', async (_what, args, password, message) => {
    const { status, stderr } = add(args, password);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
