import type { ColleagueHere } from './desk-api/live.ts';

/** What a screen must tell for its colleagues to know who is where. */
export interface OpenScreen {
  readonly agentId: string;
  readonly name: string;
  readonly watched: string | null;
  /** Until when the agent is taken to be typing, ms of this process. */
  readonly typingUntil: number;
}

/**
 * For each screen on a conversation: the colleagues who have it open too, here or on another node, and whether they are
 * typing.
 */
export function colleaguesAt<S extends OpenScreen>(
  screens: Iterable<S>,
  conversationId: string,
  now: number,
  elsewhere: readonly Omit<OpenScreen, 'watched'>[],
): readonly (readonly [S, readonly ColleagueHere[]])[] {
  const here = [...screens].filter(({ watched }) => watched === conversationId);
  return here.map((screen) => {
    const others = new Map<string, boolean>();
    for (const { agentId, name, typingUntil } of [...here, ...elsewhere]) {
      if (agentId !== screen.agentId) {
        others.set(name, others.get(name) === true || typingUntil > now);
      }
    }
    return [screen, [...others].map(([name, isTyping]) => ({ name, isTyping }))] as const;
  });
}
