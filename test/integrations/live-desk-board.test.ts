import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import type { WebSocket } from 'ws';
import { createLiveDesk } from '../../src/integrations/agent-desk/live-desk.ts';
import { NO_OTHER_SCREENS } from '../../src/integrations/agent-desk/screens-line.ts';

type Deps = Parameters<typeof createLiveDesk>[0];

test('the board is told to those screens only that do not know how it stands', async () => {
  const changes: ((revision: string) => void)[] = [];
  const change = (revision: string) => {
    for (const listener of changes) {
      listener(revision);
    }
  };
  const live = createLiveDesk({
    board: {
      read: async () => ({ revision: 'r1' }),
      subscribe: (listener: (revision: string) => void) => {
        changes.push(listener);
        return () => {};
      },
    },
    events: { subscribe: () => () => {} },
    line: NO_OTHER_SCREENS,
    onError: (error: unknown) => {
      throw error;
    },
  } as unknown as Deps);
  const heard: unknown[] = [];
  const socket = Object.assign(new EventEmitter(), {
    ...{ readyState: 1, OPEN: 1, close: () => {} },
    send: (frame: string) => heard.push(JSON.parse(frame)),
  });
  live.accept(socket as unknown as WebSocket, { session: {}, agent: {} } as Parameters<typeof live.accept>[1]);
  await Promise.resolve().then(() => {});
  change('r1');
  change('r2');
  change('r2');
  live.close();
  expect(heard).toEqual([
    { type: 'hello', revision: 'r1' },
    { type: 'queue', revision: 'r2' },
  ]);
});
