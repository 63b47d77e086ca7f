import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TicketStore } from '../../src/bot/ports.ts';
import type { Ticket } from '../../src/bot/records.ts';
import { freshCode, sampleTicket } from '../support/sample-records.ts';

export interface TicketStoreFixture {
  readonly tickets: TicketStore;
  close(): Promise<void>;
}

/** What every `TicketStore` promises. */
export function ticketStoreContract(name: string, open: () => Promise<TicketStoreFixture>): void {
  describe(`${name} as a ticket store`, () => {
    let fixture: TicketStoreFixture;

    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    test('gives a ticket back as opened, and none for a number that is not there', async () => {
      const ticket = sampleTicket({
        number: 'SC-1',
        place: 'cạnh chùa Ông, Cần Đước',
        details: { since: '7 giờ tối' },
      });
      await fixture.tickets.open(ticket);
      expect(await fixture.tickets.ticket('SC-1')).toEqual(ticket);
      expect(await fixture.tickets.ticket('SC-0')).toBeUndefined();
    });

    test('opens a number once: the first one stays', async () => {
      const ticket = sampleTicket({ number: 'SC-2', conversationId: 'web:main:sc2' });
      expect(await fixture.tickets.open(ticket)).toBe('opened');
      expect(await fixture.tickets.open({ ...ticket, state: 'done', summary: 'khác' })).toBe('repeat');
      expect(await fixture.tickets.ticket('SC-2')).toEqual(ticket);
    });

    test('tells whoever opens a number of another conversation that it is taken, and writes nothing', async () => {
      const ticket = sampleTicket({ number: 'SC-2B', conversationId: 'web:main:sc2' });
      await fixture.tickets.open(ticket);
      expect(await fixture.tickets.open({ ...ticket, conversationId: 'web:main:other' })).toBe('taken');
      const both = [1, 2].map((one) => ({ ...ticket, number: 'SC-2C', conversationId: `web:main:race${one}` }));
      const outcomes = await Promise.all(both.map((one) => fixture.tickets.open(one)));
      expect(outcomes.sort()).toEqual(['opened', 'taken']);
      expect(await fixture.tickets.ticket('SC-2B')).toEqual(ticket);
    });

    describe('a change of state', () => {
      const by = { id: 'a1', name: 'Chị Lan' };
      const started = { key: 'k1', at: 2_000, state: 'in_progress', by, note: 'Đội 2 đang đi' } as const;
      const done = { key: 'k2', at: 3_000, state: 'done', by } as const;

      async function opened(number: string, more: Partial<Ticket> = {}) {
        const ticket = sampleTicket({ number, ...more });
        await fixture.tickets.open(ticket);
        return ticket;
      }

      test('stands in the history with when, by whom and why, and is the state from then on', async () => {
        const ticket = await opened('C-1', { conversationId: 'web:main:changes' });
        expect(await fixture.tickets.change('C-1', started, 1)).toBe('changed');
        expect(await fixture.tickets.change('C-1', done, 2)).toBe('changed');
        const after = {
          ...{ ...ticket, state: 'done' },
          history: [
            ...ticket.history,
            { at: 2_000, state: 'in_progress', by, note: 'Đội 2 đang đi' },
            { at: 3_000, state: 'done', by },
          ],
        };
        expect(await fixture.tickets.ticket('C-1')).toEqual(after);
        expect(await fixture.tickets.tickets({ conversationId: 'web:main:changes', limit: 9 })).toEqual([after]);
      });

      test('is made once by its key, whatever has been seen', async () => {
        await opened('C-2');
        await fixture.tickets.change('C-2', started, 1);
        expect(await fixture.tickets.change('C-2', { ...started, state: 'done' }, 2)).toBe('repeat');
        expect((await fixture.tickets.ticket('C-2'))?.history).toHaveLength(2);
      });

      test('of somebody who has not seen the last one is refused', async () => {
        await opened('C-3');
        await fixture.tickets.change('C-3', started, 1);
        expect(await fixture.tickets.change('C-3', done, 1)).toBe('stale');
        expect((await fixture.tickets.ticket('C-3'))?.state).toBe('in_progress');
      });

      test('of two at the same time one is made', async () => {
        await opened('C-4');
        const results = await Promise.all(
          ['p', 'q', 'r'].map((key) => fixture.tickets.change('C-4', { ...done, key }, 1)),
        );
        expect(results.sort()).toEqual(['changed', 'stale', 'stale']);
        expect((await fixture.tickets.ticket('C-4'))?.history).toHaveLength(2);
      });

      test('needs a ticket', async () => {
        expect(await fixture.tickets.change('C-0', started, 0)).toBe('not_found');
      });
    });

    describe('a correction by the customer', () => {
      const by = { id: 'a1', name: 'Chị Lan' };

      test('replaces what was told; the state, the beginning and the changes of others stay', async () => {
        const ticket = sampleTicket({ number: 'R-1', conversationId: 'web:main:right', phone: '0900000001' });
        await fixture.tickets.open(ticket);
        await fixture.tickets.change('R-1', { key: 'k', at: 2_000, state: 'in_progress', by }, 1);
        const { number, kind, priority, summary, details } = ticket;
        const told = { number, kind, priority, summary, details, phone: '0900000002', place: 'cạnh chợ Bến Lức' };
        await fixture.tickets.correct({ ...told, at: 3_000 });
        await fixture.tickets.correct({ ...told, at: 3_000 });
        await fixture.tickets.correct({ ...told, phone: '0900000009', at: 2_500 });
        const after = await fixture.tickets.ticket('R-1');
        expect(after).toMatchObject({ phone: '0900000002', place: 'cạnh chợ Bến Lức', state: 'in_progress' });
        expect(after?.customerCode).toBeUndefined();
        expect(after?.createdAt).toBe(ticket.createdAt);
        expect(after?.history.slice(1)).toEqual([
          { at: 2_000, state: 'in_progress', by },
          { at: 3_000, state: 'in_progress', note: expect.stringContaining('Khách sửa lại số điện thoại, địa điểm') },
        ]);
        expect(await fixture.tickets.change('R-1', { key: 'l', at: 4_000, state: 'done', by }, 2)).toBe('stale');
        expect(await fixture.tickets.tickets({ conversationId: 'web:main:right', limit: 9 })).toEqual([after]);
      });

      test('brings no words back into a ticket whose words are gone', async () => {
        const ticket = sampleTicket({ number: 'R-2', redactedAt: 5_000 });
        await fixture.tickets.open(ticket);
        const { number, kind, priority, summary, details } = ticket;
        await fixture.tickets.correct({ number, kind, priority, summary, details, phone: '0900000002', at: 6_000 });
        expect(await fixture.tickets.ticket('R-2')).toEqual(ticket);
      });

      test('needs a ticket', async () => {
        const { number, kind, priority, summary, details } = sampleTicket({ number: 'R-0' });
        const told = { number, kind, priority, summary, details, at: 1 };
        await expect(fixture.tickets.correct(told)).rejects.toThrow('no ticket yet');
      });
    });

    test('lists the tickets of a conversation, of a customer, of both, newest first', async () => {
      const customerCode = freshCode();
      const conversationId = 'web:main:lists';
      const both = sampleTicket({ number: 'L-1', conversationId, customerCode, createdAt: 1 });
      const talk = sampleTicket({ number: 'L-2', conversationId, createdAt: 2 });
      const person = sampleTicket({ number: 'L-3', customerCode, createdAt: 3 });
      for (const ticket of [talk, both, person]) {
        await fixture.tickets.open(ticket);
      }
      const numbers = async (query: Parameters<TicketStore['tickets']>[0]) =>
        (await fixture.tickets.tickets(query)).map(({ number }) => number);
      expect(await numbers({ conversationId, limit: 9 })).toEqual(['L-2', 'L-1']);
      expect(await numbers({ customerCode, limit: 9 })).toEqual(['L-3', 'L-1']);
      expect(await numbers({ customerCode, conversationId, limit: 9 })).toEqual(['L-1']);
      expect(await numbers({ customerCode, limit: 1 })).toEqual(['L-3']);
      expect((await numbers({ limit: 99 })).slice(-3)).toEqual(expect.arrayContaining(['L-1']));
    });
  });
}
