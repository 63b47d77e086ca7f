import type { ChannelTrouble } from './desk-api/queue.ts';
import type { DeskChannels } from './desk-channels.ts';

/** The channels that cannot send until somebody mends them. One that cannot say so is left out. */
export async function channelTroubles(channels: DeskChannels): Promise<readonly ChannelTrouble[]> {
  const asked = [...channels].map(async ([channel, adapter]) => ({ channel, reason: await adapter.trouble?.() }));
  const answers = await Promise.allSettled(asked);
  return answers.flatMap((answer) =>
    answer.status === 'fulfilled' && answer.value.reason !== undefined
      ? [{ channel: answer.value.channel, reason: answer.value.reason }]
      : [],
  );
}
