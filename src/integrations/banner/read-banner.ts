import type { CrisisMessage } from '../../bot/crisis/crisis-message.ts';
import type { CrisisRecords } from '../../bot/crisis/crisis-records.ts';
import { isElsewhere } from '../../bot/crisis/match-crisis.ts';
import type { Incident } from '../../bot/incidents/incident.ts';
import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import type { ProvinceNames } from '../../bot/incidents/match-outage.ts';
import { reasonsFor } from '../../bot/incidents/match-report.ts';
import type { OutageReports, ReportPlace } from '../../bot/incidents/outage-report.ts';
import type { StormSwitch, StormSwitches } from '../../bot/incidents/storm-mode.ts';
import { homeOf, whereOf } from '../../bot/incidents/where-of.ts';
import type { ConversationId } from '../../bot/message.ts';
import type { Clock, ConversationStore, CustomerRecords } from '../../bot/ports.ts';
import type { Banner } from './banner.ts';
import { crisisItem, incidentItem, stormItem } from './banner-words.ts';

/** What there is to be shown, read at one moment. */
export interface BannerFacts {
  readonly crises: readonly CrisisMessage[];
  /** Confirmed ones. */
  readonly incidents: readonly Incident[];
  readonly storm?: StormSwitch;
}

/** What is known of whoever looks at the banner; nothing, of most. */
export interface BannerViewer {
  readonly where: ReportPlace;
  /** The place that he has named, else that of his contract. */
  readonly home?: string;
  /** Incidents that he reported or asked about. */
  readonly incidents: readonly string[];
}

/** The banner reads the records that the bot reads: no version that somebody was told is older here. */
export interface BannerReader {
  facts(): Promise<BannerFacts>;
  viewer(conversationId: ConversationId): Promise<BannerViewer>;
  show(facts: BannerFacts, viewer: BannerViewer): Banner;
}

export interface BannerReaderDeps {
  readonly crises: Pick<CrisisRecords, 'crisesInForce'>;
  readonly incidents: Pick<IncidentRecords, 'openIncidents'>;
  readonly storm: Pick<StormSwitches, 'stormSwitch'>;
  readonly reports: Pick<OutageReports, 'linksOf'>;
  readonly customers: Pick<CustomerRecords, 'customer'>;
  readonly conversations: Pick<ConversationStore, 'head'>;
  readonly provinceNames: ProvinceNames;
  readonly clock: Clock;
}

/** More is no help to anybody. */
const MOST_ITEMS = 4;

export function createBannerReader(deps: BannerReaderDeps): BannerReader {
  const { crises, incidents, storm, reports, customers, conversations, provinceNames, clock } = deps;

  return {
    async facts() {
      const [messages, open, last] = await Promise.all([
        crises.crisesInForce(clock.now()),
        incidents.openIncidents(),
        storm.stormSwitch(),
      ]);
      return {
        crises: messages,
        // A suspicion may be none.
        incidents: open.filter(({ state }) => state === 'ongoing'),
        ...(last?.isOn === true && { storm: last }),
      };
    },
    async viewer(conversationId) {
      const known = (await conversations.head(conversationId))?.state.dialogs.known;
      if (known === undefined) {
        return { where: {}, incidents: [] };
      }
      const { customer_code: code, place } = known;
      const [customer, links] = await Promise.all([
        code === undefined ? undefined : customers.customer(code),
        reports.linksOf(conversationId),
      ]);
      const where = { ...(customer && whereOf(customer)), ...(place !== undefined && { place }) };
      const home = place ?? (customer && homeOf(customer));
      return { where, ...(home !== undefined && { home }), incidents: links.map(({ incidentId }) => incidentId) };
    },
    show(facts, viewer) {
      const now = clock.now();
      const { home } = viewer;
      const own = facts.incidents.filter(
        (incident) =>
          viewer.incidents.includes(incident.id) || reasonsFor(viewer.where, incident, provinceNames).length > 0,
      );
      const messages = facts.crises.filter(
        ({ area, expiresAt }) =>
          now < expiresAt && (area === undefined || home === undefined || !isElsewhere(area, home, provinceNames)),
      );
      // Whoever has said where he is is told of his own place, and is not asked for it.
      const isLost = home === undefined && own.length === 0;
      const items = [
        ...messages.map((message) => crisisItem(message, now)),
        ...own.map((incident) => incidentItem(incident, now)),
        ...(facts.storm === undefined || !isLost ? [] : [stormItem(facts.storm, facts.incidents)]),
      ];
      // Danger first; otherwise in this order.
      return [...items.filter(({ isDanger }) => isDanger), ...items.filter(({ isDanger }) => !isDanger)].slice(
        0,
        MOST_ITEMS,
      );
    },
  };
}
