import type { ChannelAdapter } from '../../bot/channel-adapter.ts';
import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import type { OutageReports } from '../../bot/incidents/outage-report.ts';
import type { StormSwitches } from '../../bot/incidents/storm-mode.ts';
import type { NoticeRules } from '../../bot/notices/notice-rules.ts';
import type { Subscriptions } from '../../bot/notices/subscription.ts';
import type { CustomerRecords, Ids, MediaStore, OutageRecords, SlotCounter, TicketStore } from '../../bot/ports.ts';
import type { Answer } from '../../dialogs/answer.ts';
import type { ActionContext, ActionResult, Slots } from '../../dialogs/run-action.ts';
import type { Tariffs } from '../../tariffs/tariff.ts';
import type { DocumentLinks } from '../documents/document-links.ts';
import type { Utility } from '../load-utility.ts';
import type { ExportLinks } from '../privacy/export-links.ts';
import type { HeldDeps } from '../privacy/held-conversations.ts';
import type { OneTimeCodes } from './one-time-code.ts';

/** What actions look things up in. */
export interface ActionDeps extends HeldDeps {
  readonly customers: CustomerRecords;
  readonly outages: OutageRecords;
  readonly incidents: Pick<IncidentRecords, 'openIncidents' | 'incident'>;
  readonly reports: Pick<OutageReports, 'feedersAt' | 'linksOf'>;
  readonly storm: Pick<StormSwitches, 'stormSwitch'>;
  readonly tickets: Pick<TicketStore, 'tickets' | 'ticket'>;
  readonly media: Pick<MediaStore, 'records'>;
  readonly slots: SlotCounter;
  readonly subscriptions: Pick<Subscriptions, 'of'>;
  readonly noticeRules: NoticeRules;
  readonly codes: OneTimeCodes;
  readonly utility: Utility;
  readonly provincesOfName: (name: string) => readonly string[];
  readonly tariffs: Tariffs;
  readonly answers: readonly Answer[];
  readonly ids: Ids;
  /** The channels that are served, by name: not every utility has a mail server. */
  readonly channels: Pick<ReadonlyMap<string, Pick<ChannelAdapter, 'handsOverFiles'>>, 'has' | 'get'>;
  readonly exportLinks: Pick<ExportLinks, 'linkTo'>;
  readonly documentLinks: Pick<DocumentLinks, 'linkTo'>;
}

/** One action of the catalogue in `src/dialogs/actions.ts`. */
export type Action = (slots: Slots, context: ActionContext, deps: ActionDeps) => Promise<ActionResult>;

/** A slot that the catalogue says is there. */
export function needSlot(slots: Slots, name: string): string {
  const value = slots[name];
  if (value === undefined) {
    throw new Error(`The action was run without the slot "${name}".`);
  }
  return value;
}
