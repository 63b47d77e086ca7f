import { describe, expect, test } from '@jest/globals';
import type { ConversationSummary } from '../../src/bot/ports.ts';
import type { QueueRow } from '../../src/integrations/agent-desk/desk-api/queue.ts';
import type { DeskAgent } from '../../src/integrations/agent-desk/desk-api/session.ts';
import { findAlarms } from '../../src/integrations/agent-desk/page/find-alarms.ts';
import { buildBot } from '../support/build-bot.ts';
import { freshConversation } from '../support/sample-turn.ts';

const NOW = 1_000_000;
const LAN: DeskAgent = { id: 'lan', name: 'Chị Lan', role: 'agent' };
const HANH: DeskAgent = { id: 'hanh', name: 'Chị Hạnh', role: 'leader' };

function row(name: string, extras: ConversationSummary['extras']): QueueRow {
  return {
    ...{ conversationId: `web:main:${name}`, version: 1, holder: 'queue', priority: 'emergency', lastText: name },
    ...{ lastAt: NOW, isVulnerable: false, isLongWait: false, extras },
  };
}

function ringsFor(
  agent: DeskAgent,
  queue: readonly QueueRow[],
  { mine = [], dangers = [] }: { readonly mine?: readonly QueueRow[]; readonly dangers?: readonly QueueRow[] } = {},
): readonly string[] {
  return findAlarms(agent, { queue, mine, dangers, alarmToLeaderMs: 120_000 }, NOW).map(({ lastText }) => lastText);
}

describe('the alarm of danger', () => {
  const fresh = row('mới', { emergencyAt: NOW - 1_000 });
  const seen = row('đã thấy', { emergencyAt: NOW - 1_000, alarmSeenBy: 'Anh Minh' });
  const old = row('lâu', { emergencyAt: NOW - 120_000 });
  const seenAndLeft = row('thấy rồi để đó', { emergencyAt: NOW - 120_000, alarmSeenBy: 'Anh Minh' });

  test('rings at every agent for what waits and nobody has seen', () => {
    expect(ringsFor(LAN, [fresh, seen, old, seenAndLeft, row('thường', {})])).toEqual(['mới', 'lâu']);
  });

  test('goes to the shift leader when it is unseen or unclaimed for too long', () => {
    expect(ringsFor(HANH, [fresh, seen, old, seenAndLeft])).toEqual(['lâu', 'thấy rồi để đó']);
  });

  test('rings for what the bot was told alone, and after a while at the shift leader', () => {
    expect(ringsFor(LAN, [], { dangers: [fresh, old] })).toEqual(['mới', 'lâu']);
    expect(ringsFor(HANH, [], { dangers: [fresh, old] })).toEqual(['lâu']);
  });

  test('rings at whoever holds the conversation until he has seen it', () => {
    expect(ringsFor(LAN, [], { mine: [fresh, seen] })).toEqual(['mới']);
  });

  test('is silent once seen, and rings again when the customer speaks of danger again', async () => {
    const { bot, hear, deps, close } = buildBot();
    const id = freshConversation();
    const state = async () => (await deps.store.head(id))?.state;
    await hear(id, 'dây đứt trước nhà');
    await bot.idle();
    expect(await state()).toMatchObject({ priority: 'emergency', emergencyAt: deps.clock.now() });
    await bot.performAgentAct(id, { act: 'see_alarm', agentId: 'lan', agentName: 'Chị Lan' }, 'k1');
    expect((await state())?.alarmSeenBy).toBe('Chị Lan');
    await hear(id, 'dây đứt đang toé lửa');
    await bot.idle();
    expect((await state())?.alarmSeenBy).toBeUndefined();
    await bot.performAgentAct(id, { act: 'claim', agentId: 'lan', agentName: 'Chị Lan' }, 'k2');
    expect((await state())?.alarmSeenBy).toBe('Chị Lan');
    await bot.performAgentAct(id, { act: 'close', agentId: 'lan', agentName: 'Chị Lan', wrapUp: 'answered' }, 'k3');
    expect((await state())?.emergencyAt).toBeUndefined();
    await close();
  });
});
