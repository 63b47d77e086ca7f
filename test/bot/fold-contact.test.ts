import { describe, expect, test } from '@jest/globals';
import type { ConversationState } from '../../src/bot/conversation.ts';
import type { Contact } from '../../src/bot/figures/contact.ts';
import { foldTurns } from '../../src/bot/figures/fold-contact.ts';
import { outcomeOf } from '../../src/bot/figures/tally.ts';
import type { Message } from '../../src/bot/message.ts';
import type { Turn } from '../../src/bot/turn.ts';
import type { EffectRequest } from '../../src/dialogs/run-action.ts';
import { botMessage, customerMessage, sampleTurn } from '../support/sample-turn.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2026-11-28T08:00:00+07:00');
const ID = 'zalo:oa:khach';
const OPEN_QUESTION = { stack: [{ dialog: 'bill-lookup', node: 'ask_code', tries: 0, slots: {} }] };
const BILL = { record: 'bill', id: 'b', version: '1', asOf: '2026-11-01', contentVersion: 'c1' };
const INCIDENT = { ...BILL, record: 'incident', id: 'SK1' };

type Change = Omit<Partial<Turn>, 'state' | 'effects'> & {
  readonly state?: Partial<ConversationState>;
  readonly effects?: readonly EffectRequest[];
};

type Step = readonly [minute: number, change: Change];

/** A chain of turns, each so many minutes after the beginning. */
function chain(...turns: readonly Step[]): readonly Turn[] {
  return turns.map(([minute, { effects = [], ...change }], index) =>
    sampleTurn(ID, index + 1, {
      at: START + minute * MINUTE,
      effects: effects.map((request) => ({ key: 'k', conversationId: ID, at: 1, request })),
      ...change,
    }),
  );
}
const contactsOf = (...turns: readonly Step[]): readonly Contact[] => foldTurns([], chain(...turns), 'key');

const understood = (intent: string, more: Partial<NonNullable<Turn['understanding']>> = {}) => ({
  understanding: {
    ...{ intent, confidence: 0.9, decision: 'accept' as const, alternatives: [], entities: [], emergency: false },
    ...more,
  },
});
/** The customer asks, the bot tells a figure and its work is done. */
const told = (intent: string): Change => ({
  ...understood(intent),
  messages: [customerMessage(1, 'a'), botMessage(2, 'b', { provenance: [BILL] })],
});
const asksBack = (intent: string): Change => ({
  ...understood(intent),
  state: { dialogs: { ...OPEN_QUESTION, known: {}, misses: 0, lastReplies: [] } },
});
const missed: Change = { ...understood('none', { decision: 'reject' }), missed: true };
const agentSays: Message = { ...botMessage(3, 'em đây'), author: 'agent', authorId: 'lan' };
const outcomes = (contacts: readonly Contact[], hours: number) =>
  contacts.map((contact) => outcomeOf(contact, START + hours * HOUR));

describe('contacts of a customer', () => {
  test('are one while he writes, and a new one after an hour of silence', () => {
    const contacts = contactsOf([0, told('bill_lookup')], [59, told('tariff_info')], [120, told('new_connection')]);
    expect(contacts.map(({ topics, messages }) => [topics, messages])).toEqual([
      [['bill_lookup', 'tariff_info'], 2],
      [['new_connection'], 1],
    ]);
  });

  test('go on while he waits or an agent works on it, and end when the agent closes', () => {
    const queue = { holder: 'queue' as const, waitingSince: START, handoffReason: 'customer_asked' };
    const contacts = contactsOf(
      [0, { ...understood('talk_to_human'), state: queue }],
      [100, { ...understood('bill_lookup'), state: queue }],
      [101, { kind: 'agent', act: 'close', messages: [], state: { holder: 'closed' } }],
      [102, told('bill_lookup')],
    );
    expect(contacts.map(({ messages }) => messages)).toEqual([2, 1]);
  });

  test('count no message that an agent is to answer', () => {
    const held = { holder: 'agent' as const, agentId: 'lan' };
    const [contact] = contactsOf(
      [0, told('bill_lookup')],
      [1, { ...understood('bill_lookup', { decision: 'clarify' }), state: held }],
    );
    expect(contact).toMatchObject({ messages: 1, askedBack: 0 });
  });

  test('are contained when 24 hours have passed, and before nobody knows', () => {
    const contacts = contactsOf([0, told('bill_lookup')]);
    expect(outcomes(contacts, 24)).toEqual(['not_yet_known']);
    expect(outcomes(contacts, 24.1)).toEqual(['contained']);
  });

  test.each([
    ['about the same', told('bill_lookup'), 'returned'],
    ['for a human', { ...understood('talk_to_human'), state: { holder: 'queue' as const } }, 'returned'],
    ['with what the bot did not understand', missed, 'returned'],
    ['about something else', told('tariff_info'), 'contained'],
  ])('are no longer contained when he is back %s', (_, back, outcome) => {
    expect(outcomes(contactsOf([0, told('bill_lookup')], [23 * 60, back]), 60)[0]).toBe(outcome);
  });

  test('are contained though he is back about it a day later', () => {
    const contacts = contactsOf([0, told('bill_lookup')], [24 * 60 + 1, told('bill_lookup')]);
    expect(outcomes(contacts, 24.5)).toEqual(['contained', 'not_yet_known']);
  });

  test('are not answered when he breaks off, or what he asked last was not understood', () => {
    expect(outcomes(contactsOf([0, asksBack('bill_lookup')]), 48)).toEqual(['left_open']);
    expect(outcomes(contactsOf([0, told('bill_lookup')], [1, missed]), 48)).toEqual(['left_open']);
    expect(outcomes(contactsOf([0, told('bill_lookup')], [1, asksBack('tariff_info')]), 48)).toEqual(['left_open']);
    expect(outcomes(contactsOf([0, told('bill_lookup')], [1, missed], [2, told('tariff_info')]), 48)).toEqual([
      'contained',
    ]);
  });

  test('ask for nothing when he only says hello, or wants what is no business of ours', () => {
    expect(outcomes(contactsOf([0, told('greeting')], [1, told('out_of_scope')]), 48)).toEqual(['no_request']);
  });

  test('know their topic from a button, too', () => {
    const tap = { ...customerMessage(1, 'x'), content: { choice: 'start:meter-problem' } };
    expect(contactsOf([0, { messages: [tap, botMessage(2, 'b')] }])[0]?.topics).toEqual(['meter_problem']);
  });

  test('keep why and how long he waited for the first words of a human', () => {
    const queue = { holder: 'queue' as const, waitingSince: START, handoffReason: 'not_understood' };
    const held = { holder: 'agent' as const, agentId: 'lan', waitingSince: START };
    const [contact] = contactsOf(
      [0, { ...missed, state: queue }],
      [4, { kind: 'agent', act: 'claim', messages: [botMessage(2, 'x', { author: 'system' })], state: held }],
      [6, { kind: 'agent', act: 'say', messages: [agentSays], state: held }],
      [9, { kind: 'agent', act: 'say', messages: [agentSays], state: held }],
    );
    expect(contact?.handoff).toEqual({ since: START, reason: 'not_understood', humanAt: START + 6 * MINUTE });
  });

  test('say when he left the humans without a word from them', () => {
    const [contact] = contactsOf(
      [0, { ...missed, state: { holder: 'queue', waitingSince: START, handoffReason: 'customer_asked' } }],
      [5, { kind: 'agent', act: 'release', messages: [], state: { holder: 'bot' } }],
    );
    expect(contact?.handoff).toMatchObject({ leftAt: START + 5 * MINUTE });
    expect(outcomes([contact as Contact], 48)).toEqual(['handed_off']);
  });

  test('are handed off, too, when a human takes over by himself', () => {
    const [contact] = contactsOf(
      [0, told('bill_lookup')],
      [3, { kind: 'agent', messages: [agentSays], state: { holder: 'agent', agentId: 'zalo' } }],
    );
    expect(contact?.handoff).toMatchObject({ reason: 'taken_over', humanAt: START + 3 * MINUTE });
  });

  test('say when danger was told, and when a human first wrote after it', () => {
    const danger = understood('safety_emergency', { emergency: true });
    const queue = { holder: 'queue' as const, waitingSince: START, handoffReason: 'emergency' };
    const [contact] = contactsOf(
      [0, { ...danger, state: queue }],
      [2, { kind: 'agent', act: 'say', messages: [agentSays], state: { holder: 'agent' } }],
    );
    expect(contact?.emergency).toEqual({ at: START, humanAt: START + 2 * MINUTE });
  });

  test('count codes that were sent, who proved himself, tickets and ratings', () => {
    const sent = { kind: 'send_otp', customerCode: 'PB06010001234', challengeId: 'c', phone: '0912345678' } as const;
    const ticket = { number: 'SC1', kind: 'outage', priority: 'normal', summary: 's', details: {} } as const;
    const contacts = contactsOf(
      [0, { ...asksBack('bill_lookup'), effects: [sent] }],
      [
        1,
        {
          ...told('bill_lookup'),
          state: { identities: { PB06010001234: { level: 'verified', validUntil: START + HOUR } } },
        },
      ],
      [2, { ...told('outage_report'), effects: [{ kind: 'open_ticket', ticket }] }],
      [200, { rating: { closing: 1, score: 4, agentId: 'lan' }, messages: [customerMessage(1, '4')] }],
    );
    expect(contacts).toHaveLength(1);
    expect(contacts[0]).toMatchObject({ codesSent: 1, isVerified: true, tickets: { outage: 1 }, rating: 4 });
  });

  test('hold nothing of a person: no code, no words, no name, no address', () => {
    const sent = { kind: 'send_otp', customerCode: 'PB06010001234', challengeId: 'c', phone: '0912345678' } as const;
    const contacts = contactsOf([
      0,
      {
        ...told('bill_lookup'),
        effects: [sent],
        state: { customerName: 'Nguyễn Văn A', identities: { PB06010001234: { level: 'verified', validUntil: 9e15 } } },
      },
    ]);
    expect(JSON.stringify(contacts)).not.toMatch(/PB0601|0912345678|Nguyễn|khach|"a"/);
  });
});

describe('the contact of somebody without power', () => {
  const report = (kind: 'reported' | 'still_out' | 'back'): Change => ({
    effects: [{ kind: 'report_outage', report: { kind, isVulnerable: false } }],
  });
  const reported: Change = {
    ...told('outage_report'),
    ...report('reported'),
    messages: [customerMessage(1, 'a'), botMessage(2, 'b', { provenance: [INCIDENT] })],
  };
  const restored: Change = {
    kind: 'system',
    messages: [botMessage(3, 'có điện rồi', { author: 'system', provenance: [INCIDENT] })],
  };

  test('says that it was answered at once, that the end was told, and what he answered', () => {
    const [contact, ...others] = contactsOf([0, reported], [300, restored], [310, report('back')]);
    expect(others).toEqual([]);
    expect(contact?.outage).toEqual({
      ...{ reported: 1, asked: 0, atOnce: 1, back: 1, stillOut: 0 },
      toldAt: START + 300 * MINUTE,
    });
    expect(outcomes([contact as Contact], 48)).toEqual(['contained']);
  });

  test('was no help when the power is still out', () => {
    const contacts = contactsOf([0, reported], [300, restored], [310, report('still_out')]);
    expect(contacts.map(({ outage }) => outage?.stillOut)).toEqual([1]);
    expect(outcomes(contacts, 48)).toEqual(['returned']);
  });
});

test('turns that are seen again change nothing, and one by one they give the same as all at once', () => {
  const turns = chain([0, told('bill_lookup')], [90, missed], [95, told('tariff_info')], [200, told('bill_lookup')]);
  const all = foldTurns([], turns, 'key');
  expect(foldTurns(all, turns, 'key')).toEqual([]);
  let known: readonly Contact[] = [];
  for (const turn of turns) {
    const changes = foldTurns(known, [turn], 'key');
    known = [...known.filter(({ number }) => !changes.some((one) => one.number === number)), ...changes].sort(
      (a, b) => a.number - b.number,
    );
  }
  expect(known).toEqual(all);
});
