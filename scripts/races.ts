/** A line that keeps a race from being lost, and what stands there when it is taken out. */
export interface Guard {
  readonly file: string;
  readonly code: string;
  readonly without: string;
}

export interface Race {
  readonly race: string;
  /** Where it is tried: the file, and the name of the test. */
  readonly file: string;
  readonly test: string;
  /** All of them: with any one left, the race may still be won. */
  readonly guards: readonly Guard[];
}

/** The races that desks are known to lose. `npm run test:races` runs them alone. */
export const RACES: readonly Race[] = [
  {
    race: 'two claims',
    file: 'test/races/between-nodes.test.ts',
    test: 'two agents who claim one conversation at once: one has it, the other learns who',
    guards: [
      {
        file: 'src/bot/agent-turn.ts',
        code: 'return isHeldByOther && !isOutsideAgent(agentId)',
        without: 'return false',
      },
    ],
  },
  {
    race: 'cap on two workers',
    file: 'test/races/between-nodes.test.ts',
    test: 'an agent whose claims come in on both nodes holds no more than the cap',
    guards: [
      {
        file: 'src/bot/act-within-cap.ts',
        code: 'await slots.take(slot, cap)',
        without: 'await slots.take(slot, 1_000)',
      },
    ],
  },
  {
    race: 'bot reply computed before take-over',
    file: 'test/races/at-the-desk.test.ts',
    test: 'an answer of the bot that was worked out before an agent took over is not sent any more',
    guards: [{ file: 'src/bot/handoff.ts', code: 'message.epoch >= head.takeoverEpoch', without: 'true' }],
  },
  {
    race: 'hand-off text and final bot reply',
    file: 'test/races/at-the-desk.test.ts',
    test: 'the answer that ends in the hand-off reaches the customer, before the words of the agent',
    guards: [
      {
        file: 'src/bot/handoff.ts',
        code: "case 'queue':\n      return {\n        ...next,",
        without: "case 'queue':\n      return {\n        ...next, takeoverEpoch: epoch + 1,",
      },
    ],
  },
  {
    race: "human answering in Zalo's tool",
    file: 'test/races/at-the-desk.test.ts',
    test: "an answer of the bot is not sent after a human has answered in Zalo's own tool",
    guards: [{ file: 'src/bot/handoff.ts', code: 'message.epoch >= head.takeoverEpoch', without: 'true' }],
  },
  {
    race: 'first two messages at once',
    file: 'test/races/between-nodes.test.ts',
    test: 'the first two messages of a conversation at once make one conversation with both',
    guards: [
      { file: 'src/bot/handle-turn.ts', code: "if (result === 'committed') {", without: "if (result !== 'repeat') {" },
    ],
  },
  {
    race: 'webhook twice',
    file: 'test/races/between-nodes.test.ts',
    test: 'a webhook that is delivered to both nodes at once is one message with one answer',
    guards: [
      {
        file: 'src/bot/handle-turn.ts',
        code: '(await deps.store.isHandled(event.conversationId, event.key))',
        without: 'false',
      },
      {
        file: 'src/integrations/storage/sqlite/conversation-store.ts',
        code: "selectEvent.get(eventKey) === 1 ? 'repeat' : insert(turn)",
        without: 'insert(turn)',
      },
      {
        file: 'src/integrations/storage/sqlite/event-inbox.ts',
        code: "return changes === 1 ? 'stored' : 'repeat';",
        without: "return changes >= 0 ? 'stored' : 'repeat';",
      },
    ],
  },
  {
    race: 'unique violation keeps the message',
    file: 'test/races/between-nodes.test.ts',
    test: 'a message whose version another node has taken is kept, and answered once',
    guards: [
      { file: 'src/bot/handle-turn.ts', code: "if (result === 'committed') {", without: "if (result !== 'repeat') {" },
    ],
  },
  {
    race: 'competing assignments',
    file: 'test/races/between-nodes.test.ts',
    test: 'a conversation that both nodes hand out at once is handed out once',
    guards: [
      {
        file: 'src/bot/agent-turn.ts',
        code: "return holder === 'queue' ? undefined",
        without: "return holder !== 'closed' ? undefined",
      },
      {
        file: 'src/integrations/agent-desk/assign-sweep.ts',
        code: '...DESK, to }, `assign/',
        without: '...DESK, to }, performance.now() + `assign/',
      },
    ],
  },
  {
    race: 'status event missed while offline',
    file: 'test/races/at-the-desk.test.ts',
    test: 'a screen that was away learns that the list has moved on, and that its message was read',
    guards: [
      {
        file: 'src/integrations/agent-desk/queue-board.ts',
        code: "return hash.digest('base64url').slice(0, 16);",
        without: "return '';",
      },
    ],
  },
  {
    race: 'stale screen',
    file: 'test/races/at-the-desk.test.ts',
    test: 'words written before the customer said more are held back, and sent when told to',
    guards: [{ file: 'src/bot/agent-turn.ts', code: 'return isStale ? {', without: 'return false ? {' }],
  },
  {
    race: 'timer during a turn',
    file: 'test/races/between-nodes.test.ts',
    test: 'a timer that fires while an agent claims tells nobody to wait who has been joined',
    guards: [
      {
        file: 'src/bot/timer-turn.ts',
        code: "draft.state.holder === 'queue' && draft.state.epoch === content.epoch",
        without: 'draft.state.epoch >= 0',
      },
    ],
  },
  {
    race: 'tab reload of 30 s',
    file: 'test/races/at-the-desk.test.ts',
    test: 'an agent keeps a conversation through a reload of half a minute, and loses it when gone for a minute',
    guards: [
      {
        file: 'src/integrations/agent-desk/live-desk.ts',
        code: '    await leases.seen(screen.tokenHash);\n',
        without: '',
      },
      {
        file: 'src/integrations/agent-desk/guard.ts',
        code: '        await leases.seen(request.deskSession.session.tokenHash);\n',
        without: '',
      },
    ],
  },
  {
    race: 'agent closes while the customer types',
    file: 'test/races/at-the-desk.test.ts',
    test: 'a talk in which the customer has just said more is not ended, until told to',
    guards: [{ file: 'src/bot/agent-turn.ts', code: 'return isStale ? {', without: 'return false ? {' }],
  },
  {
    race: 'burst waiting when the process dies',
    file: 'test/races/at-the-desk.test.ts',
    test: 'what a burst left waiting when the process died is answered by the next one, each message once',
    guards: [{ file: 'src/bot/inbox.ts', code: 'await takeUpRows(deps.clock.now() - olderThanMs);', without: '' }],
  },
  {
    race: 'message arriving mid-turn',
    file: 'test/races/between-nodes.test.ts',
    test: 'an agent who takes over while the bot still works out its answer is not talked over',
    guards: [
      { file: 'src/bot/handle-turn.ts', code: "if (result === 'committed') {", without: "if (result !== 'repeat') {" },
    ],
  },
  {
    race: 'return to bot with an unanswered message',
    file: 'test/races/at-the-desk.test.ts',
    test: 'the bot answers the last message itself when a conversation comes back to it unanswered',
    guards: [{ file: 'src/bot/agent-moves.ts', code: 'await answerUnanswered(deps, draft, place);', without: '' }],
  },
  {
    race: 'one-way network loss',
    file: 'test/races/at-the-desk.test.ts',
    test: 'a screen from which nothing comes any more is given up, and learns what it missed when it comes back',
    guards: [
      { file: 'src/integrations/agent-desk/live-desk.ts', code: '      screen.socket.terminate();\n', without: '' },
    ],
  },
];
