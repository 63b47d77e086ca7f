import { afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Clock } from '../../src/bot/ports.ts';
import type { Storage } from '../../src/integrations/storage/storage.ts';
import { aBill, aCustomer, BENCH_NOW } from '../support/action-bench.ts';
import { BYTES, content, createPrivacyBench, type PrivacyBench } from '../support/privacy-bench.ts';

export interface ErasureFixture {
  readonly storage: Storage;
  /** Everything that the storage has written, as text: tables, indexes, free pages, files, and a backup made now. */
  dump(): Promise<string>;
  /** The backup of the last `dump`, put in the place of the database and started. */
  restore(): Promise<Storage>;
  close(): Promise<void>;
}

const CODE = 'PB06010004321';
const PHONE = '0912345678';
const NAME = 'Huỳnh Thị Ngọc Bưởi';
const OTHER_CODE = 'PB06010001242';
/** What must be gone: as written, and as the search folds it. */
const NEEDLES = [
  CODE,
  'pb06010004321',
  PHONE,
  '912345678',
  NAME,
  'Bưởi',
  'buoi',
  'hẻm Chùa Ông',
  'hem chua ong',
  BYTES,
];

// A whole day of a customer, and a search through everything: long on a server and a busy machine.
jest.setTimeout(90_000);

/** What erasure promises on one engine, over everything that real traffic writes. */
export function erasureTests(name: string, open: (clock: Clock) => Promise<ErasureFixture>): void {
  describe(`erasure on ${name}`, () => {
    let on: ErasureFixture;
    let bench: PrivacyBench;
    let now = BENCH_NOW;
    const web = 'web:main:khach';
    const zalo = 'zalo:main:khach';
    const stranger = 'web:main:nguoi-khac';

    // Where the model is not there yet it is trained first.
    beforeAll(() => void content(), 120_000);
    beforeEach(async () => {
      now = BENCH_NOW;
      const clock = { now: () => (now += 1_000) };
      on = await open(clock);
      bench = createPrivacyBench(on.storage, clock);
      await on.storage.records.put('customers', [
        aCustomer({ code: CODE, name: NAME, phone: PHONE, address: '3 hẻm Chùa Ông, Long An' }),
        aCustomer({ code: OTHER_CODE, name: 'Lê Văn Tám', phone: '0987654321', address: '5 Hùng Vương' }),
      ]);
      await on.storage.records.put('bills', [aBill({ customerCode: CODE }), aBill({ customerCode: OTHER_CODE })]);
      await on.storage.records.put('accounts', [
        {
          ...{
            id: 'KH-1',
            name: 'Nhà trọ Bưởi',
            kind: 'business',
            sites: [{ code: CODE, name: 'Dãy trọ' }],
            version: 'v',
          },
          contacts: [{ id: '1', name: NAME, phone: PHONE, email: `buoi@${CODE}.example` }],
        },
      ]);
      await on.storage.siteNotices.plan({
        ...{ id: 'a/b', outageId: 'O1', accountId: 'KH-1', contactId: '1', change: 'new', codes: [CODE], area: 'a' },
        ...{ startsAt: BENCH_NOW, openUntil: BENCH_NOW, at: BENCH_NOW, sent: [] },
      });
      await on.storage.records.put('payments', [
        { ...{ id: 'p1', customerCode: CODE, amount: 636_768, at: BENCH_NOW, method: 'MoMo', version: 'v' } },
      ]);
    });
    afterEach(() => on.close());

    /** A customer on two channels and by SMS, a stranger who names him, an agent, a ticket, a file, the audit log. */
    async function fillEverything(): Promise<void> {
      await bench.say(web, 'coi giùm chị Bưởi tiền điện tháng 10');
      await bench.say(web, CODE);
      await bench.verify(web);
      expect(bench.toldTo(web).join('\n')).toContain('636.768');
      await bench.say(zalo, `nhà mình ở hẻm Chùa Ông, phường Long An, Tây Ninh bị mất điện, mã ${CODE}, sđt ${PHONE}`, {
        attachments: [{ kind: 'image', url: 'https://files.test/hẻm Chùa Ông' }],
      });
      for (const answer of [
        'không có gì nguy hiểm',
        'cả khu',
        'không',
        'từ 7 giờ sáng',
        'đúng rồi',
        'có, nhắn số phiếu cho tôi',
      ]) {
        await bench.say(zalo, answer);
      }
      await bench.say(stranger, `chủ trọ nhà mình mã ${CODE} có lịch cúp điện không`);
      await bench.say(stranger, `mã nhà tôi ${OTHER_CODE}, lịch cúp điện`);
      await bench.say(web, 'cho gặp nhân viên');
      await agent({ act: 'claim' });
      await agent({ act: 'note', text: `Cô Bưởi, ${PHONE}, hẻm Chùa Ông` });
      await agent({ act: 'say', text: 'Dạ em chào cô Bưởi' });
      await agent({ act: 'release' });
      await on.storage.audit.append({
        ...{ at: now, actorId: 'lan', actorName: 'Chị Lan', action: 'reveal_phone' },
        ...{ subject: CODE, reason: 'cô Huỳnh Thị Ngọc Bưởi nhờ gọi lại' },
      });
      await on.storage.optOuts.add(zalo);
      await bench.bot.sweep();
      await bench.settle();
    }

    async function agent(
      wish: { readonly act: 'claim' | 'release' } | { readonly act: 'note' | 'say'; readonly text: string },
    ) {
      const act = { agentId: 'lan', agentName: 'Chị Lan', ...wish };
      expect(await bench.bot.performAgentAct(web, act, `agent/${now}`)).toMatchObject({ done: true });
      await bench.settle();
    }

    async function askInChat(id: string): Promise<void> {
      await bench.say(id, 'xóa dữ liệu của tôi');
      await bench.say(id, 'tất cả theo mã khách hàng');
      if (!/chắc chắn/.test(bench.lastTo(id))) {
        await bench.say(id, CODE);
      }
      await bench.say(id, 'xóa tất cả');
      if (/mã xác minh/.test(bench.lastTo(id))) {
        await bench.verify(id);
      }
    }

    test('after it nothing that is written holds the person, and the chain still reads', async () => {
      await fillEverything();
      const before = await on.dump();
      expect(NEEDLES.filter((needle) => !before.includes(needle))).toEqual(
        name === 'SQLite' ? [] : NEEDLES.filter((one) => !before.includes(one)),
      );
      expect(['Bưởi', CODE, PHONE, 'hẻm Chùa Ông'].filter((needle) => !before.includes(needle))).toEqual([]);
      const chain = await on.storage.conversations.turns(web, 0, 1_000);

      await askInChat(web);
      expect(bench.toldTo(web).join('\n')).toMatch(/yêu cầu xóa dữ liệu số XD\d{6}-/);
      await bench.eraseAll();

      expect(bench.lastTo(web)).toMatch(/Biên nhận XD\d{6}-/);
      const after = await on.dump();
      expect(NEEDLES.filter((needle) => after.includes(needle))).toEqual([]);
      const kept = await on.storage.conversations.turns(web, 0, 1_000);
      expect(
        kept.slice(0, chain.length).map(({ id, version, kind, handles, act }) => [id, version, kind, handles, act]),
      ).toEqual(chain.map(({ id, version, kind, handles, act }) => [id, version, kind, handles, act]));
      expect(kept.map(({ version }) => version)).toEqual(kept.map((_turn, index) => index + 1));
      const restored = await on.restore();
      expect(await restored.conversations.turns(web, 0, 1_000)).toEqual(kept);
      expect(await restored.customers.customer(CODE)).toBeUndefined();
      expect(await restored.customers.customer(OTHER_CODE)).toBeDefined();
      await restored.close();
      const cited = kept.flatMap(({ messages }) => messages.flatMap(({ provenance = [] }) => provenance));
      expect(cited.some(({ record, version }) => record === 'bill' && version !== '')).toBe(true);
    });

    test('the receipt tells what was erased, and what others said stays but for the code', async () => {
      await fillEverything();
      await askInChat(web);
      await bench.eraseAll();
      const [receipt, ...others] = await on.storage.erasures.recent(10);
      expect(others).toEqual([]);
      expect(receipt).toMatchObject({ state: 'done', doneAt: expect.any(Number), conversationId: web });
      expect(receipt?.customerCode).toBeUndefined();
      expect(receipt?.erased).toMatchObject({ files: 1, records: 3 });
      expect(receipt?.erased.conversations).toBeGreaterThanOrEqual(2);
      expect(receipt?.erased.tickets).toBeGreaterThanOrEqual(1);
      const texts = (await on.storage.conversations.turns(stranger, 0, 100)).flatMap(({ messages }) =>
        messages.flatMap(({ content }) => content?.text ?? []),
      );
      expect(texts).toContain(`mã nhà tôi ${OTHER_CODE}, lịch cúp điện`);
      expect(await on.storage.customers.customer(OTHER_CODE)).toBeDefined();
      expect(await on.storage.optOuts.has(zalo)).toBe(true);
    });

    test('the bot starts anew afterwards, and an import does not bring the customer back', async () => {
      await fillEverything();
      await askInChat(web);
      await bench.eraseAll();
      await on.storage.records.put('customers', [aCustomer({ code: CODE }), aCustomer({ code: OTHER_CODE })]);
      await on.storage.records.put('bills', [aBill({ customerCode: CODE })]);
      expect(await on.storage.customers.customer(CODE)).toBeUndefined();
      expect(await on.storage.customers.bills(CODE, { limit: 9 })).toEqual([]);
      await bench.say(web, 'coi tiền điện tháng này');
      expect(bench.lastTo(web)).toMatch(/mã khách hàng/);
    });

    test('nobody erases a customer without the one-time code', async () => {
      await bench.say(stranger, 'xóa dữ liệu của tôi');
      await bench.say(stranger, 'tất cả theo mã khách hàng');
      await bench.say(stranger, CODE);
      await bench.say(stranger, 'xóa tất cả');
      expect(bench.lastTo(stranger)).toMatch(/mã xác minh 6 số/);
      await bench.say(stranger, '000000');
      await bench.eraseAll();
      expect(await on.storage.erasures.recent(10)).toEqual([]);
      expect(await on.storage.customers.customer(CODE)).toBeDefined();
    });

    test('a conversation alone can be erased by who writes in it, without a code', async () => {
      await bench.say(web, 'nhà tôi ở hẻm Chùa Ông, hỏi giá điện');
      await bench.say(web, 'xoa du lieu cua toi');
      await bench.say(web, 'chỉ cuộc trò chuyện này');
      await bench.say(web, 'xóa');
      await bench.eraseAll();
      const texts = (await on.storage.conversations.turns(web, 0, 100)).flatMap(({ messages }) =>
        messages.flatMap(({ content }) => content?.text ?? []),
      );
      expect(new Set(texts)).toEqual(new Set(['[đã xóa]']));
      expect(await on.storage.customers.customer(CODE)).toBeDefined();
    });

    test('a withdrawal on Zalo erases the conversation by itself, and says nothing', async () => {
      await bench.say(zalo, 'nhà tôi ở hẻm Chùa Ông bị mất điện');
      const told = bench.toldTo(zalo).length;
      await bench.happens(zalo, { kind: 'withdrawal' });
      await bench.eraseAll();
      expect(JSON.stringify(await on.storage.conversations.turns(zalo, 0, 100))).not.toContain('Chùa Ông');
      expect(await on.storage.erasures.recent(1)).toMatchObject([{ state: 'done' }]);
      expect(bench.toldTo(zalo)).toHaveLength(told);
    });

    test('a legal hold stops an erasure, which goes on when the hold is over', async () => {
      await fillEverything();
      await on.storage.holds.put({
        ...{ id: 'h', subject: { kind: 'customer', customerCode: CODE }, reason: 'Công văn 12', byId: 'lan' },
        ...{ byName: 'Chị Lan', at: now, until: now + 86_400_000 },
      });
      await askInChat(web);
      expect(bench.lastTo(web)).toMatch(/đang phải được giữ nên chưa xóa được\. Yêu cầu số XD/);
      const told = bench.toldTo(web).length;
      await bench.eraseAll();
      expect(bench.toldTo(web)).toHaveLength(told);
      expect(await on.storage.erasures.recent(1)).toMatchObject([{ state: 'held' }]);
      expect(await on.storage.customers.customer(CODE)).toBeDefined();
      now += 86_400_000;
      await bench.eraseAll();
      expect(await on.storage.erasures.recent(1)).toMatchObject([{ state: 'done' }]);
      expect(await on.storage.customers.customer(CODE)).toBeUndefined();
    });

    test('a hold of one conversation in which the code was used stops it too, and whoever was promised more is told', async () => {
      await fillEverything();
      await askInChat(web);
      expect(bench.lastTo(web)).toContain('Việc xóa bắt đầu ngay');
      await on.storage.holds.put({
        ...{ id: 'h', subject: { kind: 'conversation', conversationId: stranger }, reason: 'Công văn 12', byId: 'lan' },
        ...{ byName: 'Chị Lan', at: now, until: now + 86_400_000 },
      });
      const kept = JSON.stringify(await on.storage.conversations.turns(stranger, 0, 100));
      await bench.eraseAll();
      await bench.eraseAll();
      expect(bench.toldTo(web).filter((text) => text.includes('đang phải được giữ'))).toHaveLength(1);
      expect(JSON.stringify(await on.storage.conversations.turns(stranger, 0, 100))).toBe(kept);
      expect(await on.storage.customers.customer(CODE)).toBeDefined();
      now += 86_400_000;
      await bench.eraseAll();
      expect(bench.lastTo(web)).toMatch(/Biên nhận XD\d{6}-/);
      expect(await on.storage.customers.customer(CODE)).toBeUndefined();
    });

    test('an erasure that a crash interrupts is gone on with by the next start', async () => {
      await fillEverything();
      await askInChat(web);
      const { forgetCustomer } = on.storage.people;
      let deaths = 0;
      Object.assign(on.storage.people, {
        forgetCustomer: async (person: Parameters<typeof forgetCustomer>[0]) => {
          deaths += 1;
          if (deaths === 1) {
            throw new Error('killed');
          }
          return forgetCustomer(person);
        },
      });
      await expect(bench.eraseAll()).rejects.toThrow('killed');
      await bench.eraseAll();
      const after = await on.dump();
      expect(NEEDLES.filter((needle) => after.includes(needle))).toEqual([]);
      expect(await on.storage.erasures.recent(1)).toMatchObject([{ state: 'done' }]);
    });
  });
}
