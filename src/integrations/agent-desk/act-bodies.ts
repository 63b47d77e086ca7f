import { z } from 'zod';
import type { ActName, AgentAct, SentFile } from '../../bot/agent-act.ts';
import type { Clock } from '../../bot/ports.ts';
import type { Agent } from './agent-store.ts';
import type { DeskRules } from './load-desk-rules.ts';

const TEXT_LIMIT = 2_000;
const NOTE_LIMIT = 1_000;
const MINUTE_MS = 60_000;
const LONGEST_WAIT_MS = 7 * 24 * 60 * MINUTE_MS;

const words = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .pipe(z.string().min(1).max(max));
const said = z
  .string()
  .transform((text) => text.normalize('NFC').trim())
  .pipe(z.string().max(TEXT_LIMIT));
const plain = z.strictObject({
  conversationId: z.string().min(5).max(400),
  key: z.string().regex(/^[\w-]{8,64}$/),
});
/** `force`: although something newer stands in the conversation. */
const onScreen = plain.extend({ seenSeq: z.number().int().min(0), force: z.boolean().default(false) });
const note = words(NOTE_LIMIT);
const colleague = z.string().min(1).max(64);
const phone = z
  .string()
  .transform((text) => text.replace(/[\s.()-]/g, '').replace(/^\+?84/, '0'))
  .pipe(z.string().regex(/^0\d{9,10}$/));

/** Acts that a person does to one conversation; `assign` is the desk's own, and what is done to many has routes of its own. */
export type PersonalAct = Exclude<ActName, 'answer_incident' | 'assign' | 'take_back'>;

/** What the page must send for each act. */
export function actBodies({ wrapUps }: DeskRules, clock: Clock) {
  const soon = z
    .number()
    .int()
    .refine((at) => {
      const inMs = at - clock.now();
      return inMs > 0 && inMs <= LONGEST_WAIT_MS;
    });
  const offered = wrapUps.filter(({ retired }) => !retired).map(({ code }) => code);
  return {
    claim: plain,
    say: onScreen
      .extend({ text: said, file: z.string().max(2_000).exactOptional() })
      .refine(({ text, file }) => text !== '' || file !== undefined),
    note: plain.extend({ text: note }),
    transfer: onScreen.extend({ to: colleague, note }),
    requeue: onScreen.extend({ note }),
    release: plain,
    close: onScreen.extend({ wrapUp: z.enum(offered), note: note.exactOptional() }),
    snooze: onScreen.extend({ until: soon }),
    wake: plain,
    see_alarm: plain,
    call_back: plain.extend({ phone, by: soon, note: note.exactOptional() }),
    reassign: plain.extend({ to: colleague, note: note.exactOptional() }),
  } satisfies Record<PersonalAct, z.ZodType>;
}

export type ActBody = z.infer<ReturnType<typeof actBodies>[PersonalAct]>;

/** What the page sends for one act. */
export type ActRequest<Name extends PersonalAct> = z.input<ReturnType<typeof actBodies>[Name]>;

/** What a body names: a colleague, a file. */
export interface Named {
  readonly to: Agent | undefined;
  readonly file: SentFile | undefined;
}

/** The act that a checked body asks for, in the name of the session's agent. */
export function toAct(act: PersonalAct, body: ActBody, agent: Agent, { to, file }: Named): AgentAct {
  const { conversationId: _conversation, key: _key, ...wish } = body;
  const { force, seenSeq, ...asked } = { force: false, seenSeq: undefined, ...wish };
  return {
    ...asked,
    act,
    ...{ agentId: agent.id, agentName: agent.name },
    ...(seenSeq !== undefined && !force && { seenSeq }),
    ...(file !== undefined && { file }),
    ...(to !== undefined && { to: { id: to.id, name: to.name } }),
  } as AgentAct;
}
