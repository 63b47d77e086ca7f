import type { DeskMessage } from '../../src/integrations/agent-desk/desk-api/conversation.ts';
import { inboundActivityId } from '../../src/integrations/channels/web/parse.ts';
import type { DeskTalk } from './desk-talk.ts';
import { compareTranscripts, repeatedIds } from './transcripts.ts';
import type { SeenActivity } from './web-customer.ts';

const SHOWN = ['accepted', 'delivered', 'read', 'uncertain'];

/** What is wrong in the end: `seen` is what the customer sees, `threads` what each node's desk shows. */
export function judgeDeskTalk(
  { customerIds, lines, holds }: Omit<DeskTalk, 'conversationId'>,
  seen: readonly SeenActivity[],
  threads: readonly (readonly DeskMessage[])[],
): readonly string[] {
  const [thread = [], ...others] = threads;
  const own = seen.filter(({ from }) => from === 'customer').map(({ id }) => id);
  const shown = thread.filter(isShown).map(idOf);
  return [
    ...repeatedIds(seen),
    ...told(
      'To the customer, of his messages',
      compareTranscripts(
        own,
        customerIds.map((id) => `c-${id}`),
      ),
    ),
    ...told(
      'To the customer, by the desk',
      compareTranscripts(
        seen.map(({ id }) => id),
        shown,
      ),
    ),
    ...others.flatMap((other, index) =>
      told(`At node ${index + 2}, by node 1`, compareTranscripts(other.map(asLine), thread.map(asLine))),
    ),
    ...lines.flatMap((line) => faultsOfLine(line, thread, seen)),
    ...thread
      .filter(({ delivery }) => delivery === 'queued' || delivery === 'sending')
      .map(({ seq, delivery }) => `Message ${seq} is still ${delivery} at rest.`),
    ...holds.flatMap(({ from, to, late }) => [
      ...late.map((seq) => `Message ${seq} of the bot began to be sent after a take-over.`),
      ...thread
        .filter(({ seq, author, isSafety }) => author === 'bot' && isSafety !== true && seq > from && seq <= to)
        .map(({ seq }) => `The bot has written message ${seq} while an agent held the conversation.`),
    ]),
  ];
}

/** Once in the thread; once with the customer, or not certain. */
function faultsOfLine(line: string, thread: readonly DeskMessage[], seen: readonly SeenActivity[]): readonly string[] {
  const said = thread.filter(
    ({ author, reply }) => author === 'agent' && reply?.kind === 'text' && reply.text === line,
  );
  const [first] = said;
  const times = seen.filter(({ from, text }) => from === 'agent' && text === line).length;
  const isKnown = times === 1 || (times === 0 && first?.delivery === 'uncertain');
  return said.length === 1 && isKnown
    ? []
    : [`"${line}" stands ${said.length} times at the desk (${first?.delivery}) and ${times} times with the customer.`];
}

function told(where: string, faults: readonly string[]): readonly string[] {
  return faults.map((fault) => `${where}: ${fault}`);
}

function isShown({ direction, delivery }: DeskMessage): boolean {
  return direction === 'in' || SHOWN.includes(delivery ?? '');
}

function idOf({ direction, seq, authorId }: DeskMessage): string {
  return direction === 'in' ? inboundActivityId(authorId ?? '') : `s-${seq}`;
}

function asLine({ seq, author, content, reply, delivery }: DeskMessage): string {
  return JSON.stringify({ seq, author, content, reply, delivery });
}
