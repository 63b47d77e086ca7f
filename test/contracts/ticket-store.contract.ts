import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TicketStore } from '../../src/bot/ports.ts';
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
      const ticket = sampleTicket({ number: 'SC-2' });
      await fixture.tickets.open(ticket);
      await fixture.tickets.open({ ...ticket, state: 'done', summary: 'khác' });
      expect(await fixture.tickets.ticket('SC-2')).toEqual(ticket);
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
