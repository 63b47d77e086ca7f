import type { ConversationId, InboundEvent } from '../../../bot/message.ts';

/** One generation of an OA's tokens. */
export interface TokenGeneration {
  readonly generation: number;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** UTC ms. */
  readonly issuedAt: number;
  /** End of the access token, UTC ms. */
  readonly expiresAt: number;
}

/** One try at making a generation; without outcome it is under way, or its process is gone. */
export interface RefreshTry {
  readonly number: number;
  readonly startedAt: number;
  readonly outcome?: RefreshOutcome;
}

/** `unknown`: Zalo may have rotated the tokens, and we have not seen the answer. */
export type RefreshOutcome = 'done' | 'not_sent' | 'unknown' | 'refused';

export interface TokenStore {
  latest(oaId: string): Promise<TokenGeneration | undefined>;
  tries(oaId: string, generation: number): Promise<readonly RefreshTry[]>;
  /** Inserts the pending marker. `false`: somebody else has made this try. */
  beginTry(oaId: string, generation: number, refresh: RefreshTry): Promise<boolean>;
  endTry(oaId: string, generation: number, number: number, outcome: RefreshOutcome): Promise<void>;
  /** Durable when it resolves. `false`: this generation is there already. */
  add(oaId: string, tokens: TokenGeneration): Promise<boolean>;
}

export interface ConsentStore {
  begin(state: string, verifier: string, at: number): Promise<void>;
  /** Gives the verifier of a consent begun after `since`, once. */
  take(state: string, since: number): Promise<string | undefined>;
}

export interface ButtonMeaning {
  readonly value: string;
  readonly label: string;
}

export interface ButtonStore {
  put(conversationId: ConversationId, buttons: ReadonlyMap<string, ButtonMeaning>, at: number): Promise<void>;
  find(conversationId: ConversationId, payload: string): Promise<ButtonMeaning | undefined>;
}

export interface SendPart {
  readonly conversationId: ConversationId;
  readonly seq: number;
  readonly part: number;
  readonly isLast: boolean;
  readonly fingerprint: string;
  /** UTC ms. */
  readonly at: number;
}

export interface SendStore {
  /** Zalo's id of a part that is there already; writes the part down when it is not. */
  begin(part: SendPart): Promise<string | undefined>;
  /** The part has this id: from the answer, or from its echo. */
  accepted(part: Pick<SendPart, 'conversationId' | 'seq' | 'part'>, messageId: string): Promise<void>;
  /** The part was surely not sent. */
  notSent(part: Pick<SendPart, 'conversationId' | 'seq' | 'part'>): Promise<void>;
  /** The part that has this id. */
  byMessageId(messageId: string): Promise<SendPart | undefined>;
  /** Whether an echo is our own: by its id, or by a part to the same customer without id; that one gets the id. */
  matchEcho(echo: {
    readonly conversationId: ConversationId;
    readonly messageId: string;
    readonly fingerprint: string;
    /** When it was written by Zalo's clock, UTC ms: of several parts the one begun nearest to it is meant. */
    readonly at: number;
    /** Parts begun before are not looked at, UTC ms. */
    readonly since: number;
  }): Promise<boolean>;
}

/** Set on an event that may be the echo of our own send. */
export interface EchoMark {
  readonly messageId: string;
  readonly fingerprint: string;
}

export interface WaitingEvent {
  readonly event: InboundEvent;
  readonly echo?: EchoMark;
}

export interface WaitingStore {
  put(waiting: WaitingEvent, due: number): Promise<void>;
  /** Events that are due, each behind the earlier ones of its conversation, due or not. */
  due(now: number): Promise<readonly WaitingEvent[]>;
  remove(key: string): Promise<void>;
}

export interface UploadStore {
  find(url: string, since: number): Promise<string | undefined>;
  put(url: string, attachmentId: string, at: number): Promise<void>;
  forget(url: string): Promise<void>;
}

export interface InteractionStore {
  note(conversationId: ConversationId, at: number): Promise<void>;
  last(conversationId: ConversationId): Promise<number | undefined>;
}

/** What the Zalo channel keeps over restarts and shares between processes. */
export interface ZaloStore {
  readonly tokens: TokenStore;
  readonly consents: ConsentStore;
  readonly buttons: ButtonStore;
  readonly sends: SendStore;
  readonly waiting: WaitingStore;
  readonly uploads: UploadStore;
  readonly interactions: InteractionStore;
  /** Forgets buttons and sends from before that time, UTC ms, but those of these conversations; returns how many. */
  prune(before: number, except?: readonly string[]): Promise<number>;
}
