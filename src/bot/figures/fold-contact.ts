import { START } from '../../dialogs/render-words.ts';
import { NO_INTENT } from '../../nlu/understanding.ts';
import { parseConversationId } from '../conversation.ts';
import type { Turn } from '../turn.ts';
import { type Contact, isRequest, mainTopic, RETURN_MS, SILENCE_MS, TAKEN_OVER } from './contact.ts';
import { foldOutage, reportsIn, restorationTold } from './fold-outage.ts';

/** Dialogs that are not called after their topic. */
const TOPIC_OF_DIALOG: Readonly<Record<string, string>> = { emergency: 'safety_emergency', handoff: 'talk_to_human' };
/** Whoever comes back with these was not helped, whatever it was about. */
const ANYTHING_UNSOLVED: ReadonlySet<string> = new Set(['talk_to_human', 'complaint']);

/** The newest contacts of one conversation, the last one last. At least those of the last `RETURN_MS`. */
export type RecentContacts = readonly Contact[];

/** What a turn changes: contacts that it begins or alters. The same turn after the same contacts changes the same. */
export function foldTurn(recent: RecentContacts, turn: Turn, key: string): readonly Contact[] {
  const last = recent.at(-1);
  if (last !== undefined && turn.version <= last.version) {
    return [];
  }
  if (turn.rating !== undefined) {
    return last === undefined ? [] : [{ ...last, version: turn.version, rating: turn.rating.score }];
  }
  const reporting = recent.findLast(({ outage }) => outage !== undefined);
  if (reporting !== undefined && (restorationTold(turn) || answersRestoration(turn))) {
    const version = turn.version;
    const isBack = reportsIn(turn).some(({ kind }) => kind === 'still_out');
    const outage = foldOutage(reporting.outage, turn);
    const told = { ...reporting, version, outage, ...(isBack && { returnedAt: reporting.returnedAt ?? turn.at }) };
    return reporting === last
      ? [foldActs(told, turn)]
      : [told, ...(last === undefined ? [] : [foldActs({ ...last, version }, turn)])];
  }
  const isHeard = turn.kind === 'customer' && turn.messages.some(({ direction }) => direction === 'in');
  if (!isHeard) {
    return last === undefined ? [] : changed(last, foldActs(last, turn), turn);
  }
  const current = hear(last !== undefined && goesOn(last, turn) ? last : begin(recent, turn, key), turn);
  return [...returnsTo(recent, current, turn), current];
}

/** Several turns, one after the other. */
export function foldTurns(recent: RecentContacts, turns: readonly Turn[], key: string): readonly Contact[] {
  const known = new Map(recent.map((contact) => [contact.number, contact]));
  const touched = new Set<number>();
  for (const turn of turns) {
    for (const contact of foldTurn([...known.values()], turn, key)) {
      known.set(contact.number, contact);
      touched.add(contact.number);
    }
  }
  return [...known.values()].filter(({ number }) => touched.has(number));
}

function goesOn({ holder, activeAt }: Contact, { at }: Turn): boolean {
  return holder === 'queue' || holder === 'agent' || (holder === 'bot' && at - activeAt < SILENCE_MS);
}

function begin(recent: RecentContacts, { conversationId, at, version }: Turn, key: string): Contact {
  return {
    ...{ key, number: (recent.at(-1)?.number ?? 0) + 1, version },
    channel: parseConversationId(conversationId).channel,
    ...{ startedAt: at, lastAt: at, activeAt: at, holder: 'bot', topics: [], messages: 0, missed: 0, askedBack: 0 },
    ...{ isAnswered: false, codesSent: 0, isVerified: false, tickets: {} },
  };
}

/** A message of the customer, and what the bot made of it. */
function hear(contact: Contact, turn: Turn): Contact {
  const { at, understanding, missed = false, state } = turn;
  const topic = topicOf(turn);
  // What is said to an agent is not the bot's to understand.
  const isForBot = state.holder !== 'agent';
  const isNew = topic !== undefined && isRequest(topic) && topic !== contact.topics.at(-1);
  const heard: Contact = {
    ...contact,
    ...{
      lastAt: at,
      activeAt: at,
      messages: contact.messages + Number(isForBot),
      missed: contact.missed + Number(missed),
    },
    askedBack: contact.askedBack + Number(isForBot && understanding?.decision === 'clarify' && !missed),
    topics: topic === undefined || contact.topics.includes(topic) ? contact.topics : [...contact.topics, topic],
    isAnswered: isAnsweredIn(turn) || (contact.isAnswered && !missed && !isNew),
    isVerified:
      contact.isVerified ||
      Object.values(state.identities).some(({ level, validUntil }) => level === 'verified' && validUntil > at),
    ...(understanding?.emergency === true && contact.emergency === undefined && { emergency: { at } }),
  };
  return foldActs(reportsIn(turn).length > 0 ? { ...heard, outage: foldOutage(heard.outage, turn) } : heard, turn);
}

/** What everybody's turns may do: move the conversation, write as a human, ask for effects. */
function foldActs(contact: Contact, turn: Turn): Contact {
  const { at, effects, state } = turn;
  const isHuman = turn.messages.some(({ author }) => author === 'agent');
  // An agent who writes long after is not what this customer waited for.
  const isLive = at - contact.activeAt < SILENCE_MS || contact.holder === 'queue' || contact.holder === 'agent';
  const tickets = { ...contact.tickets };
  for (const { request } of effects) {
    if (request.kind === 'open_ticket') {
      tickets[request.ticket.kind] = (tickets[request.ticket.kind] ?? 0) + 1;
    }
  }
  const codesSent = contact.codesSent + effects.filter(({ request }) => request.kind === 'send_otp').length;
  const isAnsweredNow = isHuman && contact.emergency !== undefined && contact.emergency.humanAt === undefined;
  const handoff = isLive ? foldHandoff(contact.handoff, turn, isHuman) : contact.handoff;
  return {
    ...contact,
    ...{ version: turn.version, holder: state.holder, tickets, codesSent },
    ...(isHuman && isLive && { activeAt: at }),
    ...(handoff !== undefined && { handoff }),
    ...(isAnsweredNow && contact.emergency !== undefined && { emergency: { ...contact.emergency, humanAt: at } }),
  };
}

function foldHandoff(before: Contact['handoff'], { at, state }: Turn, isHuman: boolean): Contact['handoff'] {
  const isWithHumans = state.holder === 'queue' || state.holder === 'agent';
  const handoff =
    before ??
    (isWithHumans || isHuman
      ? { since: state.waitingSince ?? at, reason: state.handoffReason ?? TAKEN_OVER }
      : undefined);
  if (handoff === undefined || handoff.humanAt !== undefined) {
    return handoff;
  }
  if (isHuman) {
    const { leftAt: _, ...answered } = handoff;
    return { ...answered, humanAt: at };
  }
  return isWithHumans || handoff.leftAt !== undefined ? handoff : { ...handoff, leftAt: at };
}

/** What the customer wanted of the bot in this turn, by words or by a button. */
function topicOf({ understanding, missed, messages }: Turn): string | undefined {
  const tapped = messages.find(({ author }) => author === 'customer')?.content?.choice;
  if (tapped?.startsWith(START) === true) {
    const dialog = tapped.slice(START.length);
    return TOPIC_OF_DIALOG[dialog] ?? dialog.replaceAll('-', '_');
  }
  if (understanding === undefined || missed === true) {
    return undefined;
  }
  if (understanding.emergency) {
    return 'safety_emergency';
  }
  const isAccepted = understanding.decision === 'accept' && understanding.intent !== NO_INTENT;
  return isAccepted ? understanding.intent : undefined;
}

/** Whether the bot has done what was asked: told a fact that has a source, opened a ticket, or come to the end. */
function isAnsweredIn({ understanding, missed, messages, effects, state }: Turn): boolean {
  if (missed === true || understanding?.decision === 'clarify' || understanding?.intent === 'cancel') {
    return false;
  }
  return (
    messages.some(({ author, provenance = [] }) => author === 'bot' && provenance.length > 0) ||
    effects.some(({ request }) => request.kind === 'open_ticket') ||
    (messages.some(({ author }) => author === 'bot') && state.dialogs.stack.length === 0)
  );
}

/** Earlier contacts that this one shows to have been no help. */
function returnsTo(recent: RecentContacts, current: Contact, turn: Turn): readonly Contact[] {
  const isLost = turn.missed === true;
  const isUnsolved = isLost || current.topics.some((topic) => ANYTHING_UNSOLVED.has(topic));
  return recent
    .filter(({ number, returnedAt }) => number < current.number && returnedAt === undefined)
    .filter(({ lastAt }) => turn.at - lastAt <= RETURN_MS)
    .filter((earlier) => {
      const about = mainTopic(earlier);
      return about !== undefined && isRequest(about) && (isUnsolved || current.topics.includes(about));
    })
    .map((earlier) => ({ ...earlier, version: turn.version, returnedAt: turn.at }));
}

/** A customer who was told that the power is back says whether it is: no contact of its own. */
function answersRestoration(turn: Turn): boolean {
  return reportsIn(turn).some(({ kind }) => kind === 'back' || kind === 'still_out');
}

function changed(before: Contact, after: Contact, { version }: Turn): readonly Contact[] {
  return JSON.stringify({ ...before, version }) === JSON.stringify({ ...after, version }) ? [] : [after];
}
