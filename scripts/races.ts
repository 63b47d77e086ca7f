/** Where each race of the desk is tried: the file, and the name of the test. `npm run test:races` runs them alone. */
export const RACES: readonly { readonly race: string; readonly file: string; readonly test: string }[] = [
  {
    race: 'two claims',
    file: 'test/races/between-nodes.test.ts',
    test: 'two agents who claim one conversation at once: one has it, the other learns who',
  },
  {
    race: 'cap on two workers',
    file: 'test/races/between-nodes.test.ts',
    test: 'an agent whose claims come in on both nodes holds no more than the cap',
  },
  {
    race: 'bot reply computed before take-over',
    file: 'test/bot/takeover-interleavings.test.ts',
    test: 'no new bot send starts, whatever the interleaving',
  },
  {
    race: 'hand-off text and final bot reply',
    file: 'test/races/between-nodes.test.ts',
    test: 'the answer that ends in the hand-off reaches the customer, before the words of the agent',
  },
  {
    race: "human answering in Zalo's tool",
    file: 'test/bot/outside-agent.test.ts',
    test: 'stops an answer of the bot that still waits to be sent',
  },
  {
    race: 'first two messages at once',
    file: 'test/races/between-nodes.test.ts',
    test: 'the first two messages of a conversation at once make one conversation with both',
  },
  {
    race: 'webhook twice',
    file: 'test/bot/inbox.test.ts',
    test: 'answers an event once although it reaches two nodes at the same time',
  },
  {
    race: 'unique violation keeps the message',
    file: 'test/bot/turn.test.ts',
    test: 'runs again on the new head when another node took the version, and answers once',
  },
  {
    race: 'competing assignments',
    file: 'test/integrations/agent-desk-queue.test.ts',
    test: 'is handed out once by two sweeps at the same time',
  },
  {
    race: 'status event missed while offline',
    file: 'test/integrations/agent-desk-live.test.ts',
    test: 'lets a screen catch up after a break, however long, by revision, version and message number',
  },
  {
    race: 'stale screen',
    file: 'test/integrations/agent-desk-acts.test.ts',
    test: 'holds back words written before the customer said more, and sends them when told to',
  },
  {
    race: 'timer during a turn',
    file: 'test/races/between-nodes.test.ts',
    test: 'a timer that fires while an agent claims tells nobody to wait who has been joined',
  },
  {
    race: 'tab reload of 30 s',
    file: 'test/integrations/agent-desk-live.test.ts',
    test: 'keeps it through a reload of half a minute',
  },
  {
    race: 'agent closes while the customer types',
    file: 'test/integrations/agent-desk-acts.test.ts',
    test: 'does not end a talk in which the customer has just said more, until told to',
  },
  {
    race: 'burst waiting when the process dies',
    file: 'test/bot/inbox.test.ts',
    test: 'takes up at start what the last process stored and did not handle',
  },
  {
    race: 'message arriving mid-turn',
    file: 'test/races/between-nodes.test.ts',
    test: 'an agent who takes over while the bot still looks something up is not talked over',
  },
  {
    race: 'return to bot with an unanswered message',
    file: 'test/bot/agent-moves.test.ts',
    test: 'gives the bot its last message back when nobody has answered it',
  },
  {
    race: 'one-way network loss',
    file: 'test/integrations/agent-desk-live.test.ts',
    test: 'gives up on a screen that answers no more',
  },
];
