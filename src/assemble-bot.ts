import type { ChannelAdapter } from './bot/channel-adapter.ts';
import type { CostLimits } from './bot/cost-limits.ts';
import { type Bot, createBot } from './bot/create-bot.ts';
import { createCrisisAnswers } from './bot/crisis/crisis-answers.ts';
import type { CrisisRecords } from './bot/crisis/crisis-records.ts';
import { createTellOfDanger } from './bot/crisis/tell-of-danger.ts';
import { createGatherReports } from './bot/incidents/gather-reports.ts';
import { createStormMode, type StormMode } from './bot/incidents/storm-mode.ts';
import type { StormRules } from './bot/incidents/storm-rules.ts';
import { createTakeReport } from './bot/incidents/take-report.ts';
import { createTellRestored } from './bot/incidents/tell-restored.ts';
import { createNotices, type Notices } from './bot/notices/create-notices.ts';
import { createCampaignRunner } from './bot/notices/run-campaigns.ts';
import { BOT_POLICY } from './bot/policy.ts';
import type { Clock, DeskEvents, EventSpool, Ids, SmsGateway } from './bot/ports.ts';
import type { Trace } from './bot/trace.ts';
import { createEffectHandlers } from './integrations/actions/effect-handlers.ts';
import { createNewerIncidentWords } from './integrations/actions/newer-incident-words.ts';
import { createOneTimeCodes } from './integrations/actions/one-time-code.ts';
import { createRunAction } from './integrations/actions/run-action.ts';
import { momentWords } from './integrations/actions/spoken-figures.ts';
import type { DeskRules } from './integrations/agent-desk/load-desk-rules.ts';
import { createStaffing } from './integrations/agent-desk/staffing.ts';
import { createDocumentLinks } from './integrations/documents/document-links.ts';
import { createKeepMedia } from './integrations/media/keep-media.ts';
import type { BringMedia } from './integrations/media/media.ts';
import { createLead } from './integrations/notices/lead.ts';
import { createReadLinks } from './integrations/notices/read-links.ts';
import { createRemindAccounts } from './integrations/notices/remind-accounts.ts';
import { createTellAccount } from './integrations/notices/tell-account.ts';
import { createTellImportedStates } from './integrations/notices/tell-imported-states.ts';
import { createTellTicketState, type TellTicketState } from './integrations/notices/tell-ticket-state.ts';
import { createRecordsWatch } from './integrations/notices/watch-records.ts';
import { createWriteNotice } from './integrations/notices/write-notice.ts';
import { createExportLinks } from './integrations/privacy/export-links.ts';
import { createAddressSeal } from './integrations/sealed-address.ts';
import type { Storage } from './integrations/storage/storage.ts';
import type { Content } from './load-content.ts';

export interface AssembleBotDeps {
  readonly storage: Storage;
  readonly content: Content;
  readonly adapters: ReadonlyMap<string, ChannelAdapter>;
  /** How the files of each channel are brought. */
  readonly bringers: ReadonlyMap<string, BringMedia>;
  readonly sms: SmsGateway;
  /** Where customers open what is kept about them; the page they are on, when it is not given. */
  readonly publicUrl?: string;
  /** The same for files; without one, files are on the page's own address. */
  readonly filesUrl?: string;
  /** Derives one-time codes. */
  readonly secretKey: string;
  readonly deskRules: DeskRules;
  readonly stormRules: StormRules;
  readonly events: DeskEvents;
  readonly spool: EventSpool;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limits?: CostLimits;
  readonly trace?: Trace;
  /** What turns read in place of the store, where that would cost a call over the network each time. */
  readonly forTurns?: { readonly crises: Pick<CrisisRecords, 'crisesInForce'> };
  readonly log: { error(details: object, message: string): void };
}

/** The bot, and what it tells by itself. */
export interface AssembledBot extends Bot {
  readonly tell: Notices['tell'];
  readonly tellTicketState: TellTicketState;
  /** Storm mode by hand. */
  readonly turnStorm: StormMode['turn'];
  /** Goes on with the notices of a campaign between two sweeps, on the node whose work they are. */
  giveNotices(): Promise<void>;
}

/** The bot over its storage and content, with the actions that look records up and the effects that write them. */
export function assembleBot(deps: AssembleBotDeps): AssembledBot {
  const { storage, content, clock, ids } = deps;
  const exportLinks = createExportLinks(deps.secretKey, deps.publicUrl ?? '');
  const addresses = createAddressSeal(deps.secretKey);
  const documentLinks = createDocumentLinks(deps.secretKey, deps.filesUrl ?? '');
  const codes = createOneTimeCodes({ key: deps.secretKey });
  const notices = createNotices({
    ...{
      ...deps,
      ...storage,
      ledger: storage.noticeLedger,
      campaigns: storage.campaigns,
      store: storage.conversations,
      rules: content.noticeRules,
    },
    receive: (event) => bot.receive(event),
  });
  const reports = { reports: storage.reports, incidents: storage.incidents, rules: deps.stormRules, clock };
  const takeReport = createTakeReport({ ...reports, ...content.utility });
  const gatherReports = createGatherReports({ ...reports, ...content.utility });
  const stormMode = createStormMode({ ...reports, storm: storage.storm });
  const tellRestored = createTellRestored({
    ...reports,
    ...content.utility,
    engine: content.engine,
    tell: notices.tell,
    momentWords,
  });
  const bot: Bot = createBot({
    ...deps,
    understand: content.understand,
    engine: content.engine,
    runAction: createRunAction({
      ...{ ...storage, ...content, codes, ids, exportLinks, documentLinks, addresses },
      ...{ channels: deps.adapters, adapters: deps.adapters },
    }),
    effects: createEffectHandlers({
      ...{ ...storage, sms: deps.sms, adapters: deps.adapters, codes, clock, ids, takeReport },
      receive: (event) => bot.receive(event),
      keepMedia: createKeepMedia({ ...deps, media: storage.media }),
    }),
    findCrisisAnswers: createCrisisAnswers({ ...storage, ...deps.forTurns, ...content.utility, momentWords }),
    store: storage.conversations,
    inbox: storage.inbox,
    deliveries: storage.deliveries,
    work: storage.work,
    onAttempt: notices.settle,
    holdNotice: notices.holdNotice,
    findNewerWords: createNewerIncidentWords({ ...storage, clock }),
    sharesStore: storage.isShared,
    policy: { ...BOT_POLICY, agentCap: deps.deskRules.agentCap, unratedWrapUps: deps.deskRules.unratedWrapUps },
    agentSlots: storage.agentSlots,
    staffing: createStaffing({ ...storage, hours: deps.deskRules.hours }),
  });
  const write = createWriteNotice({ ...storage, ...content, ...content.utility, clock });
  const readLinks = createReadLinks(deps.secretKey, deps.publicUrl ?? '');
  const toAccounts = { ...storage, ...content, ...content.utility, readLinks, tell: notices.tell, clock };
  const remindAccounts = createRemindAccounts({ ...toAccounts, rules: content.noticeRules });
  const runner = createCampaignRunner({
    ...storage,
    rules: content.noticeRules,
    tell: notices.tell,
    write,
    tellAccount: createTellAccount({ ...toAccounts, adapters: deps.adapters }),
    ledger: storage.noticeLedger,
    clock,
  });
  const tellTicketState = createTellTicketState({ ...deps, ...content, tell: notices.tell });
  const tellImportedStates = createTellImportedStates({ ...storage, tellTicketState, clock });
  const watchRecords = createRecordsWatch({ ...storage, rules: content.noticeRules, clock });
  const tellOfDanger = createTellOfDanger({ ...storage, clock });
  const leads = createLead({ ...storage, nodeId: ids.next(), clock });
  let isLeading = false;
  const ofOneNode = [
    ...[stormMode.sweep, gatherReports, tellRestored, watchRecords, remindAccounts, tellOfDanger, tellImportedStates],
    ...[runner.step, notices.sweep],
  ];
  return {
    ...bot,
    turnStorm: stormMode.turn,
    tell: notices.tell,
    tellTicketState,
    async sweep() {
      await bot.sweep();
      isLeading = await leads();
      for (const work of isLeading ? ofOneNode : []) {
        await work();
      }
    },
    giveNotices: async () => (isLeading ? notices.goOn() : undefined),
  };
}
