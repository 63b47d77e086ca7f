import type { AccountRecords } from '../../bot/accounts/account.ts';
import type { SiteNotices } from '../../bot/accounts/site-notice.ts';
import type { CrisisRecords } from '../../bot/crisis/crisis-records.ts';
import type { Erasures, PersonRows } from '../../bot/erasures.ts';
import type { ContactRecords } from '../../bot/figures/contact-records.ts';
import type { IncidentRecords } from '../../bot/incidents/incident-records.ts';
import type { OutageReports } from '../../bot/incidents/outage-report.ts';
import type { StormSwitches } from '../../bot/incidents/storm-mode.ts';
import type { CampaignStore } from '../../bot/notices/campaign.ts';
import type { NoticeLedger } from '../../bot/notices/notice-ledger.ts';
import type { Subscriptions } from '../../bot/notices/subscription.ts';
import type { ChainRedaction, LegalHolds, TicketRedaction } from '../../bot/personal-data.ts';
import type {
  AgentSlots,
  ConversationStore,
  ConversationViews,
  CustomerRecords,
  DeliveryLedger,
  EventInbox,
  MediaStore,
  OptOuts,
  OutageRecords,
  RatingRecords,
  SlotCounter,
  TicketStore,
  WorkLedger,
} from '../../bot/ports.ts';
import type { AgentStore } from '../agent-desk/agent-store.ts';
import type { AuditLog } from '../agent-desk/audit-log.ts';
import type { CannedChanges } from '../agent-desk/canned-answers.ts';
import type { SearchIndex } from '../agent-desk/search-index.ts';
import type { ShiftRecords } from '../agent-desk/shift-records.ts';
import type { UnclearMessages } from '../agent-desk/unclear-messages.ts';
import type { ReferenceStore } from '../channels/botframework/references.ts';
import type { TelegramStore } from '../channels/telegram/store.ts';
import type { ZaloStore } from '../channels/zalo/store.ts';
import type { DemoSmsStore } from '../demo/demo-phone.ts';
import type { TicketNewsBox } from './ticket-news.ts';
import type { UtilityRecords } from './utility-records.ts';

/** Every store of one engine, over the same data. */
export interface Storage {
  readonly conversations: ConversationStore;
  readonly views: ConversationViews;
  readonly inbox: EventInbox;
  readonly deliveries: DeliveryLedger;
  readonly work: WorkLedger;
  readonly slots: SlotCounter;
  readonly customers: CustomerRecords;
  readonly outages: OutageRecords;
  readonly incidents: IncidentRecords;
  readonly reports: OutageReports;
  readonly storm: StormSwitches;
  readonly crises: CrisisRecords;
  readonly tickets: TicketStore;
  readonly ticketNews: TicketNewsBox;
  readonly ratings: RatingRecords;
  readonly agents: AgentStore;
  readonly agentSlots: AgentSlots;
  readonly optOuts: OptOuts;
  readonly noticeLedger: NoticeLedger;
  readonly subscriptions: Subscriptions;
  readonly campaigns: CampaignStore;
  readonly accounts: AccountRecords;
  readonly siteNotices: SiteNotices;
  readonly media: MediaStore;
  readonly redaction: ChainRedaction;
  readonly ticketRedaction: TicketRedaction;
  readonly holds: LegalHolds;
  readonly erasures: Erasures;
  readonly people: PersonRows;
  readonly shift: ShiftRecords;
  readonly contacts: ContactRecords;
  readonly unclear: UnclearMessages;
  readonly canned: CannedChanges;
  readonly audit: AuditLog;
  readonly zalo: ZaloStore;
  readonly telegram: TelegramStore;
  readonly botFramework: ReferenceStore;
  readonly search: SearchIndex;
  /** Derives what no answer waits for; returns from how many turns. Absent where there is no such thing. */
  readonly later?: { follow(): Promise<number> };
  /** Writes what the stores of the utility's records read. */
  readonly records: UtilityRecords;
  readonly demoSms: DemoSmsStore;
  /** Whether other nodes may work on the same data: what they have under way must be left to them. */
  readonly isShared: boolean;
  /** Throws when the data cannot be read. */
  checkReady(): Promise<void>;
  close(): Promise<void>;
}
