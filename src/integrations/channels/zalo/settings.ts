/** What the operator knows about the app and its OA. App secret and OA secret key are two different strings. */
export interface ZaloCredentials {
  readonly appId: string;
  /** App settings page: for tokens and `appsecret_proof`. */
  readonly appSecret: string;
  /** Webhook page of the app: signs events. */
  readonly oaSecretKey: string;
  readonly oaId: string;
}

/** Everything about Zalo that sources leave open, or that differs between the real service and a simulator. */
export interface ZaloSettings {
  readonly oauthBase: string;
  readonly openapiBase: string;
  /** Where templates by phone go. */
  readonly businessBase: string;
  /** Send the header `appsecret_proof`: needed when the app's security switch is on. */
  readonly sendsProof: boolean;
  /** Some clients send `template_type: "button"`, others leave it out. */
  readonly sendsButtonType: boolean;
  readonly mostButtons: number;
  readonly longestButtonTitle: number;
  /** Code points of one text. */
  readonly longestText: number;
  /** Before the payload of our buttons: `#` gets through when the console's filter is on. */
  readonly payloadPrefix: string;
  /** What an HTTP 5xx, or a page instead of an answer, says of a message: not sent, or nobody knows. */
  readonly serverErrorMeans: 'not_sent' | 'unknown';
  /** Calls a minute for the whole app. */
  readonly callsPerMinute: number;
  /** How long an inbound message waits for an earlier one of the same customer, ms. */
  readonly settleMs: number;
  /** How often Zalo's lists are looked through for messages that nobody has brought, ms; 0: never. */
  readonly catchUpEveryMs: number;
  /** How far back the lists are looked through, ms. */
  readonly catchUpReachMs: number;
  /** How long a message waits at most while the lists are looked through for earlier ones of its customer, ms. */
  readonly catchUpHoldMs: number;
  /** A message found in the lists that is older than this is for a human, ms. */
  readonly staleAfterMs: number;
  /** How long an echo of unclear origin waits for the answer to our own send, ms. */
  readonly echoSettleMs: number;
  readonly httpTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** The access token is renewed when less than this is left, ms. */
  readonly renewBeforeMs: number;
  /** Picture on the card that lets a customer share his phone; without one no card is sent. */
  readonly userInfoPicture?: string | undefined;
  readonly userInfoTitle: string;
  readonly userInfoSubtitle: string;
  /** Put on every message of a customer as a sign that it was seen, for example `/-heart`; without one, nothing. */
  readonly seenReaction?: string | undefined;
  /** Zalo's numbers of the notices of `data/notices/templates.yaml`, by our names. */
  readonly templateIds: Readonly<Record<string, string>>;
  /** What the desk calls a human who answers in Zalo's own tool. */
  readonly outsideAgentName: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const ZALO_DEFAULTS: ZaloSettings = {
  oauthBase: 'https://oauth.zaloapp.com',
  openapiBase: 'https://openapi.zalo.me',
  businessBase: 'https://business.openapi.zalo.me',
  sendsProof: false,
  sendsButtonType: true,
  mostButtons: 5,
  longestButtonTitle: 100,
  longestText: 2_000,
  payloadPrefix: '#LN',
  serverErrorMeans: 'not_sent',
  callsPerMinute: 4_000,
  settleMs: 300,
  catchUpEveryMs: 15 * MINUTE_MS,
  catchUpReachMs: 24 * HOUR_MS,
  catchUpHoldMs: 10_000,
  staleAfterMs: 10 * MINUTE_MS,
  echoSettleMs: 5_000,
  httpTimeoutMs: 10_000,
  connectTimeoutMs: 4_000,
  renewBeforeMs: 5 * HOUR_MS,
  userInfoTitle: 'Chia sẻ số điện thoại',
  userInfoSubtitle: 'Anh/chị bấm vào đây để gửi nhanh họ tên và số điện thoại, hoặc nhắn trực tiếp cũng được ạ.',
  templateIds: {},
  outsideAgentName: 'Nhân viên (Zalo OA)',
};

/** Throws when two settings that must differ are the same, or one was pasted with blanks. */
export function checkCredentials(credentials: ZaloCredentials): void {
  for (const [name, value] of Object.entries(credentials)) {
    if (value === '' || value !== value.trim()) {
      throw new Error(`Zalo setting ${name} is empty or begins or ends with a blank: copy it again.`);
    }
  }
  if (credentials.appSecret === credentials.oaSecretKey) {
    throw new Error(
      'The Zalo app secret and the OA secret key are the same: the first is on the settings page of the app, the second on its webhook page.',
    );
  }
}
