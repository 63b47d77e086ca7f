import { describe, expect, test } from '@jest/globals';
import { type CustomerRecord, judgeCustomer, type KeptMessage } from '../../scripts/soak/judge-soak.ts';
import type { DeliveryState } from '../../src/bot/message.ts';

const SETTLE_MS = 300;
const written = (text: string, at: number) => ({ text, deliveredFrom: at, acknowledgedAt: at + 10 });
const said = (seq: number, text: string): KeptMessage => ({ seq, said: text });
const sent = (seq: number, delivery: DeliveryState, ...lines: string[]): KeptMessage => ({ seq, delivery, lines });

const GOOD = {
  name: 'Hoa',
  written: [written('một', 0), written('hai', 50)],
  shown: ['đáp một', 'đáp hai', 'còn gì nữa?'],
  kept: [
    said(1, 'một'),
    sent(2, 'read', 'đáp một'),
    said(3, 'hai'),
    sent(4, 'accepted', 'đáp hai'),
    sent(5, 'delivered', 'còn gì nữa?'),
  ],
};
/** A line on the phone: its words, or with the message that it is known to be of. */
type Line = string | { readonly text: string; readonly seq: number };

function judge(change: Partial<Omit<CustomerRecord, 'shown'>> & { readonly shown?: readonly Line[] }) {
  const { shown, ...record } = { ...GOOD, ...change };
  const lines = shown.map((line) => (typeof line === 'string' ? { text: line } : line));
  return judgeCustomer({ ...record, shown: lines }, SETTLE_MS);
}

describe('the judge of a soak run', () => {
  test('finds nothing where every answer stands once and in order', () => {
    expect(judge({})).toEqual({ violations: [], uncertain: 0, unseen: 0, overtaken: 0 });
  });

  test('finds an answer that came twice', () => {
    expect(judge({ shown: [...GOOD.shown, 'đáp hai'] }).violations).toEqual([expect.stringContaining('too much')]);
    expect(judge({ shown: ['đáp một', 'đáp một', 'đáp hai', 'còn gì nữa?'] }).violations).not.toEqual([]);
  });

  test('finds an answer that is missing, unless it is marked uncertain', () => {
    const shown = ['đáp một', 'còn gì nữa?'];
    expect(judge({ shown }).violations).toEqual([expect.stringContaining('message 4 (accepted)')]);
    const kept = GOOD.kept.with(3, sent(4, 'uncertain', 'đáp hai'));
    expect(judge({ shown, kept })).toMatchObject({ violations: [], uncertain: 1, unseen: 1 });
    expect(judge({ kept })).toMatchObject({ violations: [], uncertain: 1, unseen: 0 });
  });

  test('knows by its id of which of two answers with the same words the one on the phone is', () => {
    const kept = [said(1, 'một'), sent(2, 'uncertain', 'việc nào ạ?'), said(3, 'hai'), sent(4, 'read', 'việc nào ạ?')];
    const shown = (seq: number) => [{ text: 'việc nào ạ?', seq }];
    expect(judge({ kept, shown: shown(4) })).toMatchObject({ violations: [], uncertain: 1, unseen: 1 });
    expect(judge({ kept, shown: shown(2) }).violations).toEqual([expect.stringContaining('message 4 (read)')]);
  });

  test('finds answers that the phone shows in another order', () => {
    expect(judge({ shown: ['đáp hai', 'đáp một', 'còn gì nữa?'] }).violations).not.toEqual([]);
  });

  test('finds a message that was handled twice, never, or left without an answer', () => {
    const again = [said(6, 'hai'), sent(7, 'read', 'đáp hai')];
    const twice = judge({ kept: [...GOOD.kept, ...again], shown: [...GOOD.shown, 'đáp hai'] });
    expect(twice.violations).toEqual(['Hoa: "hai" was handled 2 times']);
    const never = judge({ kept: GOOD.kept.slice(0, 2), shown: ['đáp một'] });
    expect(never.violations).toEqual(['Hoa: "hai" was handled 0 times']);
    const mute = judge({ kept: GOOD.kept.slice(0, 3), shown: ['đáp một'] });
    expect(mute.violations).toEqual(['Hoa: "hai" has no answer']);
  });

  test('finds a wrong order of handling, unless the earlier message came after the time to wait for it', () => {
    const swapped = {
      kept: [said(1, 'hai'), sent(2, 'read', 'đáp hai'), said(4, 'một'), sent(5, 'read', 'đáp một')],
      shown: ['đáp hai', 'đáp một'],
    };
    expect(judge(swapped).violations).toEqual([expect.stringContaining('there in time')]);
    const late = judge({ ...swapped, written: [written('một', 400), written('hai', 50)] });
    expect(late).toMatchObject({ violations: [], overtaken: 1 });
  });
});
