import type { CannedAnswer } from '../canned-answers.ts';
import type { ActAnswer, ActRequest, DeskRefusal, PersonalAct } from '../desk-api/acts.ts';
import type { CampaignsAnswer } from '../desk-api/campaigns.ts';
import type {
  CannedAnswers,
  ConversationAnswer,
  RetryAnswer,
  SuggestionAnswer,
  UploadAnswer,
} from '../desk-api/conversation.ts';
import type {
  CrisesAnswer,
  CrisisAnswer,
  CrisisChangeRequest,
  CrisisPreview,
  CrisisPreviewRequest,
  CrisisPublication,
  CrisisVersionsAnswer,
} from '../desk-api/crises.ts';
import type { RevealAnswer, RevealRequest, SidePanelAnswer, TicketStateAnswer } from '../desk-api/customer.ts';
import type { FiguresAnswer, FiguresExport, FiguresQuery } from '../desk-api/figures.ts';
import type {
  IncidentAnswer,
  IncidentChangeRequest,
  IncidentCreation,
  IncidentReply,
  IncidentReplyAnswer,
  IncidentsAnswer,
  IncidentVersionsAnswer,
} from '../desk-api/incidents.ts';
import type { IntentsAnswer, LearningAnswer } from '../desk-api/learning.ts';
import type {
  EraseAnswer,
  ExportAnswer,
  HoldAnswer,
  HoldRequest,
  LiftRequest,
  PersonRequest,
  PrivacyAnswer,
} from '../desk-api/privacy.ts';
import type {
  ColleaguesAnswer,
  ConversationsAnswer,
  FoldedAnswer,
  PresenceAnswer,
  QueueAnswer,
} from '../desk-api/queue.ts';
import type { SearchAnswer } from '../desk-api/search.ts';
import type { SessionAnswer } from '../desk-api/session.ts';
import type { AuditAnswer, ShiftAnswer, TopicsAnswer } from '../desk-api/shift.ts';
import type { SiteNoticesAnswer, SiteNoticesExport, SitePhoneAnswer } from '../desk-api/site-notices.ts';
import type { LockRequest, RoleRequest, StaffAnswer, StaffChange } from '../desk-api/staff.ts';
import type { TicketStateRequest } from '../ticket-routes.ts';

/** The server said no, or could not be reached (`offline`). The message is for the agent. */
export class DeskError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** `auto`: the page asks on its own, so it is no sign that the agent is there. */
type Cause = 'user' | 'auto';

const OFFLINE = new DeskError('offline', 'Không kết nối được máy chủ. Vui lòng kiểm tra mạng rồi thử lại.');
const GIVE_UP_MS = 15_000;
const GIVE_UP_FILE_MS = 120_000;

/** What the page has asked on its own and is not answered yet. */
const asking = new Set<AbortController>();

/** The network was away: what was asked meanwhile gets no answer, and whoever waits for one would show old news. */
export function dropUnanswered(): void {
  for (const asked of asking) {
    asked.abort();
  }
}

async function call<Answer>(path: string, cause: Cause, body?: object): Promise<Answer> {
  const isFile = body instanceof Blob;
  const dropped = new AbortController();
  if (cause === 'auto') {
    asking.add(dropped);
  }
  const contentType = isFile ? 'application/octet-stream' : 'application/json';
  const response = await fetch(`/desk/api/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'x-lang-nghe-desk': cause, ...(body !== undefined && { 'content-type': contentType }) },
    signal: AbortSignal.any([dropped.signal, AbortSignal.timeout(isFile ? GIVE_UP_FILE_MS : GIVE_UP_MS)]),
    ...(body !== undefined && { body: isFile ? body : JSON.stringify(body) }),
  })
    .catch(() => {
      throw OFFLINE;
    })
    .finally(() => asking.delete(dropped));
  if (response.status === 204) {
    return undefined as Answer;
  }
  const answer = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) {
    return answer as Answer;
  }
  const { code = 'internal', message = 'Hệ thống đang gặp lỗi. Vui lòng thử lại.' } = (answer ??
    {}) as Partial<DeskRefusal>;
  throw new DeskError(code, message);
}

function withId(path: string, id: string, more: Readonly<Record<string, number>> = {}): string {
  const query = new URLSearchParams({ id });
  for (const [name, value] of Object.entries(more)) {
    query.set(name, String(value));
  }
  return `${path}?${query}`;
}

/** The desk's API as the page calls it. */
export const callDesk = {
  session: () => call<SessionAnswer>('session', 'auto'),
  logIn: (login: string, password: string) => call<SessionAnswer>('login', 'user', { login, password }),
  logOut: () => call<void>('logout', 'user', {}),
  queue: (limit: number) => call<QueueAnswer>(`queue?limit=${limit}`, 'auto'),
  folded: (incident: string, limit: number) =>
    call<FoldedAnswer>(`folded?${new URLSearchParams({ incident, limit: String(limit) })}`, 'auto'),
  conversations: () => call<ConversationsAnswer>('conversations', 'auto'),
  conversation: (id: string, window: { after?: number; limit?: number }, cause: Cause) =>
    call<ConversationAnswer>(withId('conversation', id, window), cause),
  sidePanel: (id: string) => call<SidePanelAnswer>(withId('side-panel', id), 'auto'),
  search: (text: string) => call<SearchAnswer>('search', 'user', { text }),
  canned: () => call<CannedAnswers>('canned', 'auto'),
  changeCanned: (change: CannedAnswer & { readonly isRemoved?: boolean }) =>
    call<CannedAnswers>('canned', 'user', change),
  campaigns: () => call<CampaignsAnswer>('campaigns', 'auto'),
  changeCampaign: (id: string, state: 'running' | 'paused' | 'stopped') =>
    call<void>('campaigns/change', 'user', { id, state }),
  siteNotices: () => call<SiteNoticesAnswer>('site-notices', 'auto'),
  sitePhone: (id: string) => call<SitePhoneAnswer>('site-notices/phone', 'user', { id }),
  siteCalled: (id: string) => call<void>('site-notices/called', 'user', { id }),
  exportSiteNotices: (outageId: string) => call<SiteNoticesExport>('site-notices/export', 'user', { outageId }),
  privacy: () => call<PrivacyAnswer>('privacy', 'auto'),
  placeHold: (request: HoldRequest) => call<HoldAnswer>('privacy/hold', 'user', request),
  liftHold: (request: LiftRequest) => call<void>('privacy/lift', 'user', request),
  erasePerson: (request: PersonRequest) => call<EraseAnswer>('privacy/erase', 'user', request),
  exportPerson: (request: PersonRequest) => call<ExportAnswer>('privacy/export', 'user', request),
  incidents: () => call<IncidentsAnswer>('incidents', 'auto'),
  incidentVersions: (id: string) => call<IncidentVersionsAnswer>(withId('incidents/versions', id), 'user'),
  createIncident: (creation: IncidentCreation) => call<IncidentAnswer>('incidents/create', 'user', creation),
  changeIncident: (change: IncidentChangeRequest) => call<IncidentAnswer>('incidents/change', 'user', change),
  answerIncident: (reply: IncidentReply) => call<IncidentReplyAnswer>('incidents/answer', 'user', reply),
  crises: () => call<CrisesAnswer>('crises', 'auto'),
  crisisVersions: (id: string) => call<CrisisVersionsAnswer>(withId('crises/versions', id), 'user'),
  previewCrisis: (request: CrisisPreviewRequest) => call<CrisisPreview>('crises/preview', 'user', request),
  publishCrisis: (request: CrisisPublication) => call<CrisisAnswer>('crises/publish', 'user', request),
  changeCrisis: (request: CrisisChangeRequest) => call<CrisisAnswer>('crises/change', 'user', request),
  turnStorm: (isOn: boolean) => call<void>('storm', 'user', { isOn }),
  suggestion: (id: string) => call<SuggestionAnswer>(withId('suggestion', id), 'auto'),
  retry: (conversationId: string, seq: number) => call<RetryAnswer>('retry', 'user', { conversationId, seq }),
  logOutEverywhere: () => call<void>('logout-everywhere', 'user', {}),
  changePassword: (current: string, next: string) => call<void>('password', 'user', { current, next }),
  reveal: (request: RevealRequest) => call<RevealAnswer>('reveal', 'user', request),
  learning: () => call<LearningAnswer>('learning', 'user'),
  intents: () => call<IntentsAnswer>('intents', 'auto'),
  decideWords: (words: string, intent?: string) =>
    call<void>('learning/decide', 'user', { words, ...(intent !== undefined && { intent }) }),
  relabel: (conversationId: string, seq: number, intent?: string) =>
    call<void>('relabel', 'user', { conversationId, seq, ...(intent !== undefined && { intent }) }),
  staff: () => call<StaffAnswer>('staff', 'auto'),
  lockAgent: (request: LockRequest) => call<StaffChange>('staff/lock', 'user', request),
  unlockAgent: (request: LockRequest) => call<StaffChange>('staff/unlock', 'user', request),
  changeRole: (request: RoleRequest) => call<StaffChange>('staff/role', 'user', request),
  audit: (before?: string) =>
    call<AuditAnswer>(before === undefined ? 'audit' : `audit?${new URLSearchParams({ before })}`, 'user'),
  presence: () => call<PresenceAnswer>('presence', 'auto'),
  setPresence: (status: PresenceAnswer['status']) => call<PresenceAnswer>('presence', 'user', { status }),
  shift: (hours: number) => call<ShiftAnswer>(`shift?hours=${hours}`, 'auto'),
  topics: (hours: number) => call<TopicsAnswer>(`topics?hours=${hours}`, 'auto'),
  figures: (query: FiguresQuery) => call<FiguresAnswer>(`figures?${new URLSearchParams({ ...query })}`, 'user'),
  exportFigures: (query: FiguresQuery) => call<FiguresExport>('figures/export', 'user', query),
  colleagues: () => call<ColleaguesAnswer>('colleagues', 'user'),
  act: <Name extends PersonalAct>(name: Name, request: ActRequest<Name>) =>
    call<ActAnswer>(`acts/${name}`, 'user', request),
  upload: (id: string, file: File) =>
    call<UploadAnswer>(`files?${new URLSearchParams({ id, name: file.name || 'anh.png' })}`, 'user', file),
  changeTicket: (request: TicketStateRequest) => call<TicketStateAnswer>('ticket-state', 'user', request),
  removeFile: (query: string) => call<void>(`media/remove?${query}`, 'user', {}),
};

/** A key for one act: sent again, it is the same act. */
export function newActKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
