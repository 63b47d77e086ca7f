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
      { file: 'src/bot/agent-slot.ts', code: 'await slots.take(slot, cap)', without: 'await slots.take(slot, 1_000)' },
    ],
  },
  {
    race: 'bot reply computed before take-over',
    file: 'test/bot/takeover-interleavings.test.ts',
    test: 'no new bot send starts, whatever the interleaving',
    guards: [{ file: 'src/bot/handoff.ts', code: 'message.epoch >= head.takeoverEpoch', without: 'true' }],
  },
  {
    race: 'hand-off text and final bot reply',
    file: 'test/races/between-nodes.test.ts',
    test: 'the answer that ends in the hand-off reaches the customer, before the words of the agent',
    guards: [
      {
        file: 'src/bot/handoff.ts',
        code: 'message.epoch >= head.takeoverEpoch',
        without: 'message.epoch > head.takeoverEpoch',
      },
    ],
  },
  {
    race: "human answering in Zalo's tool",
    file: 'test/bot/outside-agent.test.ts',
    test: 'stops an answer of the bot that still waits to be sent',
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
    file: 'test/bot/inbox.test.ts',
    test: 'answers an event once although it reaches two nodes at the same time',
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
    file: 'test/bot/turn.test.ts',
    test: 'runs again on the new head when another node took the version, and answers once',
    guards: [
      { file: 'src/bot/handle-turn.ts', code: "if (result === 'committed') {", without: "if (result !== 'repeat') {" },
    ],
  },
  {
    race: 'competing assignments',
    file: 'test/integrations/agent-desk-queue.test.ts',
    test: 'is handed out once by two sweeps at the same time',
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
    file: 'test/integrations/agent-desk-live.test.ts',
    test: 'lets a screen catch up after a break, however long, by revision, version and message number',
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
    file: 'test/integrations/agent-desk-acts.test.ts',
    test: 'holds back words written before the customer said more, and sends them when told to',
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
    file: 'test/integrations/agent-desk-live.test.ts',
    test: 'keeps it through a reload of half a minute',
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
    file: 'test/integrations/agent-desk-acts.test.ts',
    test: 'does not end a talk in which the customer has just said more, until told to',
    guards: [{ file: 'src/bot/agent-turn.ts', code: 'return isStale ? {', without: 'return false ? {' }],
  },
  {
    race: 'burst waiting when the process dies',
    file: 'test/bot/inbox.test.ts',
    test: 'takes up at start what the last process stored and did not handle',
    guards: [{ file: 'src/bot/inbox.ts', code: 'await takeUpRows(deps.clock.now() - olderThanMs);', without: '' }],
  },
  {
    race: 'message arriving mid-turn',
    file: 'test/races/between-nodes.test.ts',
    test: 'an agent who takes over while the bot still looks something up is not talked over',
    guards: [
      { file: 'src/bot/handle-turn.ts', code: "if (result === 'committed') {", without: "if (result !== 'repeat') {" },
    ],
  },
  {
    race: 'return to bot with an unanswered message',
    file: 'test/bot/agent-moves.test.ts',
    test: 'gives the bot its last message back when nobody has answered it',
    guards: [{ file: 'src/bot/agent-moves.ts', code: 'await answerUnanswered(deps, draft, place);', without: '' }],
  },
  {
    race: 'one-way network loss',
    file: 'test/integrations/agent-desk-live.test.ts',
    test: 'gives up on a screen that answers no more',
    guards: [
      { file: 'src/integrations/agent-desk/live-desk.ts', code: '      screen.socket.terminate();\n', without: '' },
    ],
  },
];
