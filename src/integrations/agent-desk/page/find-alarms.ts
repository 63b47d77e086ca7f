import type { ConversationSummary } from '../../../bot/ports.ts';
import type { QueueAnswer } from '../desk-api/queue.ts';
import type { DeskAgent } from '../desk-api/session.ts';

/**
 * Dangers that must ring here: what nobody has seen, whether it waits or is with the bot, at every agent's desk; what its own agent has not seen;
 * and at a leader's, what has been unseen or unclaimed for too long.
 */
export function findAlarms(
  agent: DeskAgent,
  answer: Pick<QueueAnswer, 'alarmToLeaderMs' | 'dangers' | 'mine' | 'queue'>,
  now: number,
): readonly ConversationSummary[] {
  const isLeader = agent.role === 'leader' || agent.role === 'admin';
  const isUnseen = ({ extras }: ConversationSummary) => extras.alarmSeenBy === undefined;
  const isOld = ({ extras }: ConversationSummary) => now - (extras.emergencyAt ?? now) >= answer.alarmToLeaderMs;
  const waiting = answer.queue.filter(({ extras }) => extras.emergencyAt !== undefined);
  const own = answer.mine.filter((row) => row.extras.emergencyAt !== undefined && isUnseen(row));
  return [
    ...waiting.filter((row) => (isLeader ? isOld(row) : isUnseen(row))),
    ...answer.dangers.filter((row) => !isLeader || isOld(row)),
    ...own,
  ];
}
