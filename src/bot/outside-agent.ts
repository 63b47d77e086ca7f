const PREFIX = 'outside:';

/** The agent id of a human who works in a tool of the channel itself and not at our desk. */
export function outsideAgentId(adminId: string): string {
  return `${PREFIX}${adminId}`;
}

/** Whether a holder is such a human. */
export function isOutsideAgent(agentId: string | undefined): boolean {
  return agentId?.startsWith(PREFIX) ?? false;
}
