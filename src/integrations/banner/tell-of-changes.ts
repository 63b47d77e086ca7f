import type { CrisisRecords } from '../../bot/crisis/crisis-records.ts';
import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import type { StormSwitches } from '../../bot/incidents/storm-mode.ts';
import type { BannerNews } from './banner-news.ts';

interface BannerStores {
  readonly crises: CrisisRecords;
  readonly incidents: IncidentRecords;
  readonly storm: StormSwitches;
}

/** The same stores; each change of what banners show is told at once. */
export function tellOfChanges<Stores extends BannerStores>(stores: Stores, { tell }: Pick<BannerNews, 'tell'>): Stores {
  const { crises, incidents, storm } = stores;
  const andTell =
    <Given, Result>(write: (given: Given) => Promise<Result>) =>
    async (given: Given) => {
      const result = await write(given);
      tell();
      return result;
    };
  return {
    ...stores,
    crises: { ...crises, append: andTell(crises.append) },
    incidents: { ...incidents, append: andTell(incidents.append) },
    storm: { ...storm, appendSwitch: andTell(storm.appendSwitch) },
  };
}
