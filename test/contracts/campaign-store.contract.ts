import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Campaign, CampaignStore } from '../../src/bot/notices/campaign.ts';

export interface CampaignStoreFixture {
  readonly campaigns: CampaignStore;
  close(): Promise<void>;
}

let count = 0;

function aCampaign(change: Partial<Campaign> = {}): Campaign {
  count += 1;
  return {
    ...{ id: `bill/day-${count}`, subject: `bill-${count}`, title: 'Hóa đơn hằng tháng', topic: 'bill' },
    ...{ source: { kind: 'bill' }, createdAt: count * 1_000 },
    progress: { state: 'running', total: 10, seen: 0 },
    ...change,
  };
}

/** What every `CampaignStore` promises. */
export function campaignStoreContract(name: string, open: () => Promise<CampaignStoreFixture>): void {
  describe(`${name} as the store of campaigns`, () => {
    let fixture: CampaignStoreFixture;

    beforeAll(async () => {
      fixture = await open();
    });
    afterAll(() => fixture.close());

    test('makes a campaign once, whoever wants to make it', async () => {
      const campaign = aCampaign();
      const made = await Promise.all([1, 2, 3].map(() => fixture.campaigns.create(campaign)));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await fixture.campaigns.find(campaign.id)).toEqual(campaign);
      expect(await fixture.campaigns.find('nothing')).toBeUndefined();
    });

    test('knows the newest of a subject', async () => {
      const [first, second] = [aCampaign({ subject: 'outage/O1' }), aCampaign({ subject: 'outage/O1' })];
      await fixture.campaigns.create(second);
      await fixture.campaigns.create(first);
      expect(await fixture.campaigns.latest('outage/O1')).toEqual(second);
      expect(await fixture.campaigns.latest('outage/O2')).toBeUndefined();
    });

    test('lists the newest first, of the states asked for', async () => {
      const [one, two, three] = [aCampaign(), aCampaign(), aCampaign()];
      for (const campaign of [one, two, three]) {
        await fixture.campaigns.create(campaign);
      }
      await fixture.campaigns.change(two.id, 'paused');
      const running = await fixture.campaigns.list({ states: ['running'], limit: 2 });
      expect(running.map(({ id }) => id)).toEqual([three.id, one.id]);
      expect((await fixture.campaigns.list({ limit: 1 })).map(({ id }) => id)).toEqual([three.id]);
    });

    test('goes forward only, and keeps its state meanwhile', async () => {
      const campaign = aCampaign();
      await fixture.campaigns.create(campaign);
      await fixture.campaigns.change(campaign.id, 'paused');
      await fixture.campaigns.advance(campaign.id, { seen: 5, cursor: 'c5' });
      await fixture.campaigns.advance(campaign.id, { seen: 3, cursor: 'c3' });
      expect((await fixture.campaigns.find(campaign.id))?.progress).toEqual({
        ...{ state: 'paused', total: 10, seen: 5, cursor: 'c5' },
      });
    });

    test('is not begun again once it has ended', async () => {
      const campaign = aCampaign();
      await fixture.campaigns.create(campaign);
      expect(await fixture.campaigns.change(campaign.id, 'stopped')).toBe(true);
      expect(await fixture.campaigns.change(campaign.id, 'running')).toBe(false);
      expect(await fixture.campaigns.change('nothing', 'running')).toBe(false);
      expect((await fixture.campaigns.find(campaign.id))?.progress.state).toBe('stopped');
    });
  });
}
