import { ACCOUNTS } from './account-records.ts';
import { AGENT_SLOTS } from './agent-slots.ts';
import { AGENTS, PRESENCES, SESSIONS } from './agent-store.ts';
import { AUDIT } from './audit-log.ts';
import { BOTFRAMEWORK_REFERENCES } from './botframework-references.ts';
import { CAMPAIGNS } from './campaign-store.ts';
import { CANNED_CHANGES } from './canned-changes.ts';
import type { Collection } from './collection.ts';
import { CONTACTS } from './contacts.ts';
import { SUMMARIES } from './conversation-views.ts';
import { CRISIS_MESSAGES } from './crisis-records.ts';
import { BILLS, CUSTOMERS, PAYMENTS } from './customer-documents.ts';
import { ATTEMPTS, DELIVERIES } from './delivery-documents.ts';
import { DEMO_SMS } from './demo-sms.ts';
import { ERASED_CUSTOMERS, ERASURES } from './erasures.ts';
import { EVENTS } from './event-document.ts';
import { INCIDENT_LINKS } from './incident-links.ts';
import { INCIDENTS, OPEN_INCIDENTS } from './incident-records.ts';
import { KEY_LISTS } from './key-lists.ts';
import { LEGAL_HOLDS } from './legal-holds.ts';
import { MEDIA, MEDIA_BYTES } from './media-store.ts';
import { NOTICES } from './notice-ledger.ts';
import { OPT_OUTS } from './opt-outs.ts';
import { OUTAGES } from './outage-records.ts';
import { OUTAGE_REPORTS } from './outage-reports.ts';
import { SITE_NOTICES } from './site-notices.ts';
import { SLOTS } from './slot-counter.ts';
import { SPOKEN_WORDS } from './spoken-words.ts';
import { STORM_SWITCHES } from './storm-switches.ts';
import { SUBSCRIPTIONS } from './subscriptions.ts';
import { TELEGRAM_BUTTONS, TELEGRAM_GROUPS, TELEGRAM_SENDS } from './telegram-store.ts';
import { TICKET_CHANGES } from './ticket-changes.ts';
import { TICKET_NEWS } from './ticket-news.ts';
import { TICKETS } from './ticket-store.ts';
import { TURNS } from './turn-document.ts';
import { UNCLEAR_MESSAGES, WORDS_DECISIONS } from './unclear-messages.ts';
import { MARKS } from './utility-marks.ts';
import { CLAIMS, EFFECTS, TIMERS } from './work-documents.ts';
import { ZALO_SENDS } from './zalo-sends.ts';
import { ZALO_BUTTONS, ZALO_CONSENTS, ZALO_INTERACTIONS, ZALO_UPLOADS } from './zalo-store.ts';
import { ZALO_REFRESHES, ZALO_TOKENS } from './zalo-tokens.ts';
import { ZALO_WAITING } from './zalo-waiting.ts';

/** Every collection of the server engine: its indexes are made, or found, at the start. */
export const COLLECTIONS = [
  ...[TURNS, EVENTS, SUMMARIES, DELIVERIES, ATTEMPTS, EFFECTS, CLAIMS, TIMERS],
  ...[AGENTS, SESSIONS, PRESENCES, AGENT_SLOTS, CANNED_CHANGES, AUDIT, SLOTS, OPT_OUTS, NOTICES, MEDIA, MEDIA_BYTES],
  ...[CUSTOMERS, BILLS, PAYMENTS, OUTAGES, TICKETS, TICKET_CHANGES, MARKS, DEMO_SMS, SUBSCRIPTIONS, CAMPAIGNS],
  ...[TICKET_NEWS, ACCOUNTS, SITE_NOTICES, KEY_LISTS],
  ...[INCIDENTS, OPEN_INCIDENTS, OUTAGE_REPORTS, INCIDENT_LINKS, STORM_SWITCHES, CRISIS_MESSAGES],
  ...[SPOKEN_WORDS, UNCLEAR_MESSAGES, WORDS_DECISIONS, CONTACTS],
  ...[LEGAL_HOLDS, ERASURES, ERASED_CUSTOMERS, SUBSCRIPTIONS, CAMPAIGNS],
  ...[UNCLEAR_MESSAGES, WORDS_DECISIONS],
  ...[CUSTOMERS, BILLS, PAYMENTS, OUTAGES, INCIDENTS, OPEN_INCIDENTS, TICKETS, TICKET_CHANGES, MARKS, DEMO_SMS],
  ...[TELEGRAM_BUTTONS, TELEGRAM_SENDS, TELEGRAM_GROUPS, BOTFRAMEWORK_REFERENCES],
  ...[ZALO_TOKENS, ZALO_REFRESHES, ZALO_CONSENTS, ZALO_BUTTONS, ZALO_SENDS],
  ...[ZALO_WAITING, ZALO_UPLOADS, ZALO_INTERACTIONS],
] as readonly Pick<Collection<never>, 'name' | 'indexes'>[];
