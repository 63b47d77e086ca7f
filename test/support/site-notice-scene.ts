import type { Account } from '../../src/bot/accounts/account.ts';
import type { SiteNoticePlan } from '../../src/bot/accounts/site-notice.ts';
import { noticeKeyOf } from '../../src/bot/notices/notice.ts';
import type { DeskServer } from './desk-server.ts';

const HOUR_MS = 3_600_000;
export const SITE_PHONE = '0900123457';
export const SITE_CODE = 'PB06010001234';

/** Who is told on behalf of the two organisations of the scene. */
export const SITE_CONTACTS = { ha: 'a/1', tam: 'a/2', loan: 'b/1' } as const;

const ACCOUNTS: readonly Account[] = [
  {
    ...{ id: 'KH-1', name: 'Công ty TNHH Gạo Sạch', kind: 'business', version: 'v1' },
    sites: [
      { code: SITE_CODE, name: 'Nhà máy Cần Đước' },
      { code: 'PB06010001242', name: 'Văn phòng Long An' },
    ],
    contacts: [
      { id: '1', name: 'Chị Hà, phòng kỹ thuật', email: 'ha@gaosach.example', phone: SITE_PHONE },
      { id: '2', name: 'Anh Tâm, quản đốc', email: 'tam@gaosach.example' },
    ],
  },
  {
    ...{ id: 'KH-2', name: 'Chuỗi cửa hàng Bách Hóa Nhỏ', kind: 'business', version: 'v1' },
    sites: [{ code: 'PB06010001259', name: 'Cửa hàng số 7' }],
    contacts: [{ id: '1', name: 'Chị Loan', phone: '0900123459' }],
  },
];

/**
 * Two organisations were told of one outage that begins in two days: of the first a mail has arrived and an SMS was refused,
 * the second could not be reached at all.
 */
export async function tellSites({ write, siteNotices, noticeLedger, clock }: DeskServer): Promise<void> {
  const now = clock.now();
  ACCOUNTS.forEach(write.accounts);
  const tell = async (id: string, accountId: string, contactId: string, codes: readonly string[], ways: object) => {
    const sent = Object.keys(ways).map((channel) => {
      const conversationId = `${channel}:main:${id.replace('/', '')}`;
      return { conversationId, key: noticeKeyOf(`site/${id}`, conversationId) };
    });
    const plan: SiteNoticePlan = {
      ...{ id, outageId: 'O1', accountId, contactId, change: 'new', codes, sent, area: 'Cần Đước, Long An' },
      ...{ startsAt: now + 48 * HOUR_MS, endsAt: now + 52 * HOUR_MS, openUntil: now + 52 * HOUR_MS, at: now },
    };
    await siteNotices.plan(plan);
    for (const [index, state] of (Object.values(ways) as ('delivered' | 'failed' | 'accepted')[]).entries()) {
      const { conversationId = '', key = '' } = sent[index] ?? {};
      const replies = [{ kind: 'text', text: 'T' }] as const;
      await noticeLedger.plan({ key, topic: 'planned_outage', conversationId, replies }, now);
      await noticeLedger.settle(key, state, ...(state === 'failed' ? ['unreachable'] : []));
    }
  };
  const both = [SITE_CODE, 'PB06010001242'];
  await tell(SITE_CONTACTS.ha, 'KH-1', '1', both, { email: 'delivered', sms: 'failed' });
  await tell(SITE_CONTACTS.tam, 'KH-1', '2', both, { email: 'accepted' });
  await tell(SITE_CONTACTS.loan, 'KH-2', '1', ['PB06010001259'], { sms: 'failed' });
}
