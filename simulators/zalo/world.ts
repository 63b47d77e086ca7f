import type { Faults } from './faults.ts';
import type { Settings } from './settings.ts';

/** One person with a phone; `anonymous` ones are visitors of a web widget. */
export interface SimulatedUser {
  readonly id: string;
  readonly idByApp: string;
  name: string;
  phone: string | null;
  readonly isAnonymous: boolean;
  readonly conversationId: string | null;
  isFollower: boolean;
  lastInteractionAt: number | null;
  /** Banned by Zalo or offline for more than 45 days: -227. */
  isUnreachable: boolean;
  hasBlockedOa: boolean;
  /** Administrator of the OA: gets messages of the development mode. */
  isAdmin: boolean;
  /** A person reads on the phone page: messages are seen when they are, not by chance. */
  readsOnScreen: boolean;
  alias: string;
  tags: string[];
  sharedInfo: Record<string, string>;
  createdAt: number;
}

export interface Button {
  readonly title: string;
  readonly type: string;
  readonly payload: unknown;
}

export interface WireAttachment {
  readonly type: string;
  readonly payload: Record<string, unknown>;
}

export interface CardElement {
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  readonly image_url?: string | undefined;
}

export type MessageKind =
  | 'text'
  | 'image'
  | 'gif'
  | 'sticker'
  | 'audio'
  | 'video'
  | 'file'
  | 'link'
  | 'location'
  | 'business_card'
  | 'list'
  | 'request_user_info'
  | 'template';

/** Who wrote: the person, the app through the API, a human in Zalo's OA tool, or an automatic reply of Zalo. */
export type Author = 'user' | 'api' | 'staff' | 'auto';

/** A message of one chat, as the phone and the server know it. */
export interface ChatMessage {
  readonly id: string;
  readonly userId: string;
  readonly author: Author;
  readonly kind: MessageKind;
  readonly at: number;
  readonly text?: string | undefined;
  readonly buttons: readonly Button[];
  readonly attachments: readonly WireAttachment[];
  readonly elements: readonly CardElement[];
  readonly quoteId?: string | undefined;
  readonly adminId?: string | undefined;
  /** A tap on `oa.query.hide`: the server got it, the phone does not show it. */
  readonly isHidden: boolean;
  /** Neither free nor out of the package. */
  readonly isCharged: boolean;
  receivedAt?: number | undefined;
  seenAt?: number | undefined;
  readonly reactions: { readonly by: 'user' | 'oa'; readonly icon: string }[];
}

export interface Upload {
  readonly id: string;
  readonly kind: 'image' | 'gif' | 'file';
  readonly name: string;
  readonly size: number;
  readonly mediaId: string;
  readonly at: number;
}

export interface StoredMedia {
  readonly bytes: Buffer;
  readonly mime: string;
  readonly at: number;
}

export interface TemplateParameter {
  readonly name: string;
  readonly isRequired: boolean;
  readonly maxLength: number;
  readonly isNumber: boolean;
}

export interface Template {
  readonly id: string;
  readonly name: string;
  status: 'ENABLE' | 'PENDING_REVIEW' | 'REJECT' | 'DISABLE';
  readonly tag: 1 | 2 | 3;
  readonly text: string;
  readonly parameters: readonly TemplateParameter[];
  readonly canGoByUserId: boolean;
}

export interface TemplateSend {
  readonly id: string;
  readonly templateId: string;
  readonly trackingId: string | undefined;
  /** The phone, its hash or the user id, as the receipt names it. */
  readonly recipient: string;
  readonly at: number;
  deliveredAt?: number | undefined;
}

export interface AccessToken {
  readonly expiresAt: number;
  isDead: boolean;
}

export interface RefreshToken {
  readonly expiresAt: number;
  isUsed: boolean;
}

export interface AuthorizationCode {
  readonly challenge: string | null;
  readonly expiresAt: number;
  isUsed: boolean;
}

export interface Attempt {
  readonly retry: number;
  readonly at: number;
  readonly tookMs: number;
  readonly result: number | 'timeout' | 'connection_failed' | 'answer_lost';
}

/** One event on its way to the product, with every attempt. */
export interface Delivery {
  readonly id: number;
  readonly eventName: string;
  readonly subjectId: string;
  readonly messageId: string | undefined;
  readonly at: number;
  readonly body: string;
  readonly signature: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
  /** A copy or forgery made by a fault: no ladder, and it never unsubscribes the app. */
  readonly isExtra: boolean;
  readonly attempts: Attempt[];
  state: 'pending' | 'delivered' | 'retrying' | 'given_up' | 'cancelled';
}

/** One call of the product, without its secrets. */
export interface ApiCall {
  readonly at: number;
  readonly host: 'oauth' | 'openapi' | 'business';
  readonly method: string;
  readonly path: string;
  readonly request: unknown;
  readonly error: number;
  readonly message: string;
  readonly faults: readonly string[];
}

/** All that the simulator remembers. */
export interface World {
  settings: Settings;
  faults: Faults;
  readonly users: Map<string, SimulatedUser>;
  readonly chats: Map<string, ChatMessage[]>;
  readonly messages: Map<string, ChatMessage>;
  readonly uploads: Map<string, Upload>;
  readonly media: Map<string, StoredMedia>;
  readonly templates: Map<string, Template>;
  readonly templateSends: Map<string, TemplateSend>;
  readonly accessTokens: Map<string, AccessToken>;
  readonly refreshTokens: Map<string, RefreshToken>;
  readonly codes: Map<string, AuthorizationCode>;
  readonly calls: ApiCall[];
  readonly deliveries: Delivery[];
  /** Events that were not sent, by reason. */
  readonly unsent: Map<string, number>;
  /** What Zalo would write to the administrators of the app. */
  readonly notices: { readonly at: number; readonly text: string }[];
  webhook: { url: string | null; state: 'none' | 'active' | 'unsubscribed' };
  packageUsed: number;
  templatesToday: { day: string; used: number };
  readonly counters: Map<string, number>;
}

/** An empty world. */
export function createWorld(settings: Settings, faults: Faults): World {
  return {
    settings,
    faults,
    users: new Map(),
    chats: new Map(),
    messages: new Map(),
    uploads: new Map(),
    media: new Map(),
    templates: new Map(),
    templateSends: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    codes: new Map(),
    calls: [],
    deliveries: [],
    unsent: new Map(),
    notices: [],
    webhook: { url: null, state: 'none' },
    packageUsed: 0,
    templatesToday: { day: '', used: 0 },
    counters: new Map(),
  };
}

/** Counts up from 0 under a name: the n-th thing of its kind. */
export function countUp(world: World, name: string): number {
  const n = world.counters.get(name) ?? 0;
  world.counters.set(name, n + 1);
  return n;
}
