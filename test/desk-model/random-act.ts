import type { SeededRandom } from '../../scripts/explore/seeded-random.ts';
import type { AgentAct } from '../../src/bot/agent-act.ts';

export const AGENTS = ['lan', 'minh', 'hoa', 'tuan'] as const;
const SNOOZED_MS = 10 * 60_000;

/** Whatever an agent may try, sensible or not: the bot refuses what may not be. */
export function randomAct(random: SeededRandom, now: number): AgentAct {
  const agent = random.pick(AGENTS);
  const other = random.pick(AGENTS);
  const by = { agentId: agent, agentName: agent };
  const to = { id: other, name: other };
  return random.pick<AgentAct>([
    { act: 'claim', ...by },
    { act: 'claim', ...by },
    { act: 'claim', ...by },
    { act: 'say', ...by, text: 'Dạ em nghe' },
    { act: 'say', ...by, text: 'Em kiểm tra ngay', seenSeq: random.integer(0, 50) },
    { act: 'note', ...by, text: 'khách khó tính' },
    { act: 'release', ...by },
    { act: 'requeue', ...by, note: 'nhờ xem giúp' },
    { act: 'transfer', ...by, to, note: 'nhờ bạn' },
    { act: 'reassign', ...by, to },
    { act: 'assign', ...by, to },
    { act: 'snooze', ...by, until: now + SNOOZED_MS },
    { act: 'wake', ...by },
    { act: 'close', ...by, wrapUp: 'answered' },
  ]);
}
