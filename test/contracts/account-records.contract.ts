import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Account, AccountRecords } from '../../src/bot/accounts/account.ts';
import type { SiteNoticePlan, SiteNotices } from '../../src/bot/accounts/site-notice.ts';
import type { PersonRows } from '../../src/bot/erasures.ts';
import type { UtilityRecords } from '../../src/integrations/storage/utility-records.ts';

export interface AccountRecordsFixture {
  readonly accounts: AccountRecords;
  readonly siteNotices: SiteNotices;
  readonly records: Pick<UtilityRecords, 'put'>;
  readonly people: Pick<PersonRows, 'forgetCustomer' | 'forgetConversation'>;
  close(): Promise<void>;
}

/** What every engine promises of organisations with several contracts, and of what they are told. */
export function accountRecordsContract(name: string, open: () => Promise<AccountRecordsFixture>): void {
  describe(`${name} as records of accounts`, () => {
    let on: AccountRecordsFixture;
    let count = 0;
    beforeAll(async () => {
      on = await open();
    });
    afterAll(() => on.close());

    const fresh = (what: string) => {
      count += 1;
      return `${what}${String(count).padStart(3, '0')}`;
    };
    const anAccount = (change: Partial<Account> = {}): Account => ({
      ...{ id: fresh('KH-'), name: 'Công ty Gạo Sạch', kind: 'business', version: 'v1' },
      sites: [
        { code: fresh('PB0601000A'), name: 'Nhà máy' },
        { code: fresh('PB0601000B'), name: 'Văn phòng' },
      ],
      contacts: [{ id: '1', name: 'Chị Hà', email: 'ha@gaosach.example', phone: '0900123457' }],
      ...change,
    });
    const aPlan = (change: Partial<SiteNoticePlan> = {}): SiteNoticePlan => ({
      ...{ id: fresh('a1b2/'), outageId: fresh('O'), accountId: 'KH-1', contactId: '1', change: 'new' },
      ...{
        codes: [fresh('PB0601000C')],
        area: 'Cần Đước',
        startsAt: 50_000,
        endsAt: 60_000,
        openUntil: 60_000,
        at: 1_000,
      },
      sent: [{ conversationId: fresh('email:main:x'), key: fresh('site/x/to/') }],
      ...change,
    });
    const openIds = async (now: number, mine: readonly string[]) =>
      (await on.siteNotices.open(now)).map(({ id }) => id).filter((id) => mine.includes(id));

    test('keeps an account, replaces it as a whole, and goes through those of a kind in pages', async () => {
      const kind = fresh('kind_');
      const all = [anAccount({ kind }), anAccount({ kind }), anAccount({ kind })] as const;
      await on.records.put('accounts', all);
      const changed = { ...all[1], name: 'Tên mới', contacts: [{ id: '2', name: 'Anh Tâm', phone: '0900123458' }] };
      await on.records.put('accounts', [changed]);
      expect(await on.accounts.account(all[1].id)).toEqual(changed);
      expect(await on.accounts.account('nowhere')).toBeUndefined();
      expect(await on.accounts.countAccounts(kind)).toBe(3);
      expect(await on.accounts.accountPage({ kind, limit: 2 })).toEqual([all[0], changed]);
      expect(await on.accounts.accountPage({ kind, after: changed.id, limit: 2 })).toEqual([all[2]]);
    });

    test('finds the accounts of a contract, and forgets the contract without the others', async () => {
      const [one, other] = [anAccount(), anAccount()];
      const [site, rest] = one.sites as [Account['sites'][number], Account['sites'][number]];
      const alone = anAccount({ sites: [site] });
      const about = [aPlan({ codes: [site.code, rest.code] }), aPlan({ codes: [site.code] })] as const;
      await on.records.put('accounts', [one, other, alone]);
      await Promise.all(about.map((plan) => on.siteNotices.plan(plan)));
      expect((await on.accounts.accountsWith(site.code)).map(({ id }) => id)).toEqual([one.id, alone.id].sort());
      await on.people.forgetCustomer({ customerCode: site.code });
      expect(await on.accounts.account(one.id)).toEqual({ ...one, sites: [rest] });
      expect(await on.accounts.account(alone.id)).toBeUndefined();
      expect(await on.accounts.account(other.id)).toEqual(other);
      expect((await on.siteNotices.find(about[0].id))?.codes).toEqual([rest.code]);
      expect(await on.siteNotices.find(about[1].id)).toBeUndefined();
    });

    test('keeps a notice once, and the first confirmation and the first call', async () => {
      const plan = aPlan();
      expect(await on.siteNotices.plan(plan)).toBe(true);
      expect(await on.siteNotices.plan({ ...plan, change: 'cancelled' })).toBe(false);
      expect(await on.siteNotices.find(plan.id)).toEqual(plan);
      expect(await on.siteNotices.confirm(plan.id, 5_000)).toEqual({ ...plan, confirmedAt: 5_000 });
      expect((await on.siteNotices.confirm(plan.id, 6_000))?.confirmedAt).toBe(5_000);
      expect(await on.siteNotices.confirm('nowhere', 6_000)).toBeUndefined();
      const called = { at: 7_000, by: { id: 'lan', name: 'Chị Lan' } };
      expect((await on.siteNotices.call(plan.id, called))?.called).toEqual(called);
      expect((await on.siteNotices.call(plan.id, { ...called, at: 8_000 }))?.called).toEqual(called);
      await on.siteNotices.remind(plan.id, 4_000);
      expect(await on.siteNotices.find(plan.id)).toEqual({ ...plan, remindedAt: 4_000, confirmedAt: 5_000, called });
      // His address is another now.
      const sent = [{ conversationId: fresh('email:main:y'), key: fresh('site/y/to/') }];
      expect(await on.siteNotices.plan({ ...plan, sent })).toBe(false);
      expect(await on.siteNotices.find(plan.id)).toEqual({
        ...plan,
        sent,
        remindedAt: 4_000,
        confirmedAt: 5_000,
        called,
      });
      await on.siteNotices.plan(aPlan({ outageId: plan.outageId, accountId: 'KH-2' }));
      const next = aPlan({ outageId: plan.outageId, at: 2_000 });
      await on.siteNotices.plan(next);
      const ofAccount = await on.siteNotices.ofAccount(plan.outageId, plan.accountId);
      expect(ofAccount.map(({ id }) => id)).toEqual([plan.id, next.id]);
    });

    test('forgets what was told to a conversation that is erased, and no other', async () => {
      const [erased, other] = [aPlan(), aPlan()] as const;
      await Promise.all([erased, other].map((plan) => on.siteNotices.plan(plan)));
      await on.people.forgetConversation(erased.sent[0]?.conversationId ?? '');
      expect(await on.siteNotices.find(erased.id)).toBeUndefined();
      expect(await on.siteNotices.find(other.id)).toEqual(other);
    });

    test('gives those of outages that are not over, the oldest first', async () => {
      const [late, early, over] = [aPlan({ at: 2_000 }), aPlan({ at: 1_000 }), aPlan({ openUntil: 10_000 })] as const;
      await Promise.all([late, early, over].map((plan) => on.siteNotices.plan(plan)));
      expect(await openIds(10_000, [late.id, early.id, over.id])).toEqual([early.id, late.id]);
    });

    test('forgets what is old, but for contracts and conversations that are kept', async () => {
      const plans = [aPlan({ at: 10 }), aPlan({ at: 10 }), aPlan({ at: 10 }), aPlan({ at: 12 })] as const;
      await Promise.all(plans.map((plan) => on.siteNotices.plan(plan)));
      const kept = {
        codes: plans[0].codes,
        conversations: plans[1].sent.map(({ conversationId }) => conversationId),
      };
      expect(await on.siteNotices.prune(11, kept)).toBe(1);
      expect(
        await openIds(
          0,
          plans.map(({ id }) => id),
        ),
      ).toEqual([plans[0].id, plans[1].id, plans[3].id].sort());
      expect(await on.siteNotices.prune(11)).toBe(2);
    });
  });
}
