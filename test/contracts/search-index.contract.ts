import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConversationStore, TicketStore } from '../../src/bot/ports.ts';
import type { Customer } from '../../src/bot/records.ts';
import type { SearchIndex } from '../../src/integrations/agent-desk/search-index.ts';
import { sampleCustomer, sampleTicket } from '../support/sample-records.ts';
import { botMessage, customerMessage, freshConversation, sampleTurn } from '../support/sample-turn.ts';

export interface SearchIndexFixture {
  readonly index: SearchIndex;
  readonly store: ConversationStore;
  readonly tickets: TicketStore;
  /** Writes customers as the import does: again under the same code, it replaces. */
  write(customers: readonly Customer[]): Promise<void>;
  /** Resolves when everything committed so far can be searched. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** What every `SearchIndex` promises. */
export function searchIndexContract(name: string, open: () => Promise<SearchIndexFixture>): void {
  describe(`${name} as a search index`, () => {
    let fixture: SearchIndexFixture;

    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(() => fixture.close());

    let now = 0;

    /** Each string is a message of the customer, answered by nobody. */
    async function talk(...texts: readonly string[]): Promise<string> {
      const id = freshConversation();
      for (const [index, text] of texts.entries()) {
        now += 1;
        const messages = [customerMessage(index + 1, text)];
        await fixture.store.commit(sampleTurn(id, index + 1, { at: now, messages }));
      }
      return id;
    }

    async function search(words: string, { limit = 10, withinMs = 5_000 } = {}) {
      await fixture.catchUp();
      return fixture.index.search({ words: words.split(' '), limit, withinMs });
    }
    const talksFound = async (words: string, limit?: number) =>
      (await search(words, limit === undefined ? {} : { limit })).conversations.map(
        ({ conversation }) => conversation.conversationId,
      );

    test('finds what was said without marks, whatever the marks, and gives the message as it was written', async () => {
      const id = await talk('Nhà tôi ở đường Nguyễn Huệ bị mất điện', 'alo');
      await talk('xin chào');
      const { conversations, isComplete } = await search('nguyen hue');
      expect(conversations).toEqual([
        {
          conversation: expect.objectContaining({ conversationId: id, version: 2, holder: 'bot' }),
          message: { seq: 1, at: 1_000, author: 'customer', text: 'Nhà tôi ở đường Nguyễn Huệ bị mất điện' },
        },
      ]);
      expect(isComplete).toBe(true);
    });

    test('asks for every word in one message; the last may go on, earlier ones only when they have a digit', async () => {
      const id = await talk('tiền điện tháng 10 của PB06010001234');
      expect(await talksFound('thang tien')).toEqual([id]);
      expect(await talksFound('dien tha')).toEqual([id]);
      expect(await talksFound('pb0601 tien')).toEqual([id]);
      expect(await talksFound('tha dien')).toEqual([]);
      expect(await talksFound('tien nuoc')).toEqual([]);
    });

    test('takes a phone number in one piece, however it was written', async () => {
      const id = await talk('gọi em số 0912.345.678 nha');
      expect(await talksFound('0912345678')).toEqual([id]);
      expect(await talksFound('0912345')).toEqual([id]);
    });

    test('looks through the words of bot and agents too', async () => {
      const id = freshConversation();
      const messages = [customerMessage(1, 'alo'), botMessage(2, 'Hóa đơn tháng 10: 636.768 đ')];
      await fixture.store.commit(sampleTurn(id, 1, { messages }));
      expect((await search('636 768')).conversations[0]?.message).toMatchObject({ seq: 2, author: 'bot' });
    });

    test('names each conversation once, by its newest message with the words, the newest first, up to the limit', async () => {
      const [first, second, third] = [await talk('cúp điện', 'lại cúp điện'), await talk('cúp'), await talk('cúp')];
      expect(await talksFound('cup')).toEqual([third, second, first]);
      expect(await talksFound('cup', 2)).toEqual([third, second]);
      expect((await search('cup dien')).conversations[0]?.message?.seq).toBe(2);
    });

    test('finds what is said later in a conversation that it knows already, and its state as it is now', async () => {
      const id = await talk('alo');
      expect(await talksFound('cong to')).toEqual([]);
      const state = { holder: 'agent', agentId: 'lan', agentName: 'Lan' } as const;
      await fixture.store.commit(
        sampleTurn(id, 2, { state, messages: [customerMessage(2, 'công tơ chạy nhanh quá')] }),
      );
      expect((await search('cong to')).conversations[0]?.conversation).toMatchObject({ version: 2, ...state });
    });

    test("finds a conversation by the customer's name, also after it changed", async () => {
      const id = freshConversation();
      await fixture.store.commit(sampleTurn(id, 1, { state: { customerName: 'Trần Bích Thuỷ' } }));
      const { conversations } = await search('bich thuy');
      expect(conversations[0]?.conversation.conversationId).toBe(id);
      expect(conversations[0]?.message).toBeUndefined();
      await fixture.store.commit(sampleTurn(id, 2, { state: { customerName: 'Bác Sáu' } }));
      expect(await talksFound('bac sau')).toEqual([id]);
      expect(await talksFound('bich thuy')).toEqual([]);
    });

    test('finds customers by name, code, phone and address, as they were written last', async () => {
      const customer = sampleCustomer({ name: 'Lê Thị Mỹ Duyên', phone: '0912345678', address: 'Ấp 3, Mỹ Hạnh' });
      await fixture.write([customer, sampleCustomer()]);
      for (const words of ['my duyen', customer.code.toLowerCase().slice(0, 12), '0912345678', 'ap 3 my']) {
        expect((await search(words)).customers.map(({ code }) => code)).toContain(customer.code);
      }
      await fixture.write([{ ...customer, name: 'Lê Thị Kim Chi' }]);
      expect((await search('my duyen')).customers).toEqual([]);
      expect((await search('kim chi')).customers).toEqual([{ ...customer, name: 'Lê Thị Kim Chi' }]);
    });

    test('finds tickets by number, words, place and details, the newest first', async () => {
      const older = sampleTicket({ number: 'SC261122-AB12', createdAt: 1, details: { damage: 'cháy tủ lạnh' } });
      const newer = sampleTicket({ number: 'SC261123-CD34', createdAt: 2, place: 'chợ Tân An' });
      await fixture.tickets.open(older);
      await fixture.tickets.open(newer);
      expect((await search('sc261122 ab')).tickets).toEqual([older]);
      expect((await search('cho tan an')).tickets).toEqual([newer]);
      expect((await search('tu lanh')).tickets).toEqual([older]);
      expect((await search('sc2611')).tickets.map(({ number }) => number)).toEqual([newer.number, older.number]);
    });

    test('stops where its time ends, and says so', async () => {
      await talk('cúp điện');
      await talk('cúp điện');
      expect((await search('cup', { withinMs: 0 })).isComplete).toBe(false);
    });
  });
}
