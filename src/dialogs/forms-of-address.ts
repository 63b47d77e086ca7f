import { foldWords } from './fold-words.ts';

/** How the customer calls himself or herself, where the bot may say the same: never down to a customer. */
export type CustomerForm = 'anh' | 'chị' | 'cô' | 'chú' | 'bác' | 'ông' | 'bà' | 'dì';
/** How the customer calls the bot. */
export type BotForm = 'em' | 'cháu' | 'con';

/** What has been noticed so far; words are written for a customer `anh/chị` and a bot `mình`. */
export interface FormsOfAddress {
  readonly customer?: CustomerForm;
  readonly bot?: BotForm;
}

const CUSTOMER_FORMS: readonly CustomerForm[] = ['anh', 'chị', 'cô', 'chú', 'bác', 'ông', 'bà', 'dì'];
const BOT_FORMS: readonly BotForm[] = ['em', 'cháu', 'con'];

/** Whoever says one of these of himself is not the "anh" or "bác" of the sentence. */
const OTHER_SELF = /(?<!\p{L})(?:tôi|tui|tao|tớ|toi)(?!\p{L})/u;
const YOUNGER_SELF =
  /(?<!\p{L})(?:cho|giúp|giùm|dùm|hộ|nhà|của|ba|má|mẹ|chồng|vợ|xóm|ông|bà|ngoại|nội) (?:em|cháu|con)(?!\p{L})(?! (?:trai|gái|dâu|rể|bé|út))|(?<!\p{L})(?:em|cháu|con) (?:muốn|cần|hỏi|bị|đang|chưa|mới|chào|xin|nhờ|báo|nhắn|gọi|thấy)(?!\p{L})/u;

const KIN = `(?<kin>${CUSTOMER_FORMS.join('|')})`;
/** "Ông đang cầm tiền" tells of somebody else, as a rule. */
const TELLER = '(?<kin>anh|chị|cô|chú|bác|dì)';
const END = String.raw`(?=$|[ ]*[,.!?;:)\n]`;
/** "Anh Nam", "anh trai", "anh thợ" are somebody else: only what may follow the customer himself counts. */
const GOES_ON =
  'hỏi|biết|xem|coi|gặp|với|nhé|nha|nghe|nghen|đi|cái|mã|tiền|tháng|hóa|lịch|số|là|kiểm|tra|đổi|đăng|đặt|nói|hết|bị|mất|cúp|còn|dùng|xài|ở|lên|có|chưa|đang|đóng|nợ|nó|bao|mấy|không|em|cháu|con|ạ|à|rồi|bằng|qua|tại|để|thì|mà|cao|sao|này|nhà \\k<kin>|\\d';
const AFTER_KIN = `${END}| (?:${GOES_ON})(?!\\p{L}))`;

const SELF: readonly RegExp[] = [
  // "Cho chị hỏi", "tính giùm bác", "tiền điện nhà anh".
  new RegExp(`(?<!\\p{L})(?:cho|giúp|giùm|dùm|hộ) ${KIN}${AFTER_KIN}`, 'u'),
  // "Nhà bà", "của ông" may be a neighbour's, unless somebody younger is spoken to.
  new RegExp(`^(?=.*(?<!\\p{L})(?:cháu|con) ơi(?!\\p{L})).*(?<!\\p{L})(?:nhà|của) (?<kin>ông|bà)${AFTER_KIN}`, 'u'),
  new RegExp(`(?<!\\p{L})(?:nhà|của) ${TELLER}${AFTER_KIN}`, 'u'),
  // "Chị muốn", "em ơi anh quên".
  new RegExp(
    `(?:^|[,.!?;:\\n] *|(?<!\\p{L})(?:ơi|à|ừ|ờ|dạ|alo|thôi|mà|rồi|nhưng) )${TELLER} (?:muốn|cần|hỏi|đang|vừa|mới|bị|chưa|không|quên|nhờ|xài|dùng|đóng|ở|tên|xin|thấy|hồi nãy|cảm ơn|cám ơn|bận|hiểu|già|năm nay)(?!\\p{L})`,
    'u',
  ),
];
/** Without marks only what cannot be read otherwise: "chi can" is also "chỉ cần", "co" also "có". */
const SELF_UNMARKED: readonly RegExp[] = [
  /\b(?:cho|giup|gium|dum|ho) (?<kin>anh|chi|bac) (?:hoi|biet|xem|coi|gap|voi|nhe|nha|nghen)\b/,
  /(?:^|\b(?:oi|a|da|alo) )(?<kin>anh|bac) (?:muon|can|hoi|dang|bi|quen|nho|xin)\b/,
  // Who calls the bot "chau" is no "ba" that means three, and a grandfather is "ong".
  /^(?=.*\bchau\b).*\b(?<kin>ba) (?:coi|xem|hoi|muon|can|khong|ko|quen|xai|de|dang|bi|gia|nho)\b/,
];

const BOT =
  /(?<!\p{L})(?<bot>em|cháu|chau|con) (?:ơi|oi)(?!\p{L})|(?<!\p{L})(?:cảm ơn|cám ơn|cam on) (?<thanked>em|cháu|con)(?!\p{L})/u;
const BOT_AT_END =
  /(?<!\p{L})(?<!(?:cho|giúp|giùm|dùm|hộ|nhà|của|mấy|hai|ba|với) )(?<bot>em|cháu|con)(?: nhé| nha| nghen| ạ)?\s*[.!?]*$/u;

/** What a message tells about the forms of address, added to what was known before. */
export function noticeForms(utterance: string, known: FormsOfAddress = {}): FormsOfAddress {
  const text = utterance
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ \t]+/g, ' ')
    .trim();
  const customer = customerIn(text);
  const bot = botIn(text, customer ?? known.customer);
  return { ...known, ...(customer !== undefined && { customer }), ...(bot !== undefined && { bot }) };
}

/** Any of the forms, written in any way: without one there is nothing to look for. */
const ANY_FORM = /anh|chị|chi|cô|chú|bác|bac|ông|bà|ba |dì/;

function customerIn(text: string): CustomerForm | undefined {
  if (!ANY_FORM.test(text) || OTHER_SELF.test(text) || YOUNGER_SELF.test(text)) {
    return undefined;
  }
  const isUnmarked = foldWords(text) === text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  const found = (isUnmarked ? SELF_UNMARKED : SELF).map((pattern) => pattern.exec(text)?.groups?.['kin']).find(Boolean);
  return found === undefined ? undefined : CUSTOMER_FORMS.find((form) => form === found || foldWords(form) === found);
}

function botIn(text: string, customer: CustomerForm | undefined): BotForm | undefined {
  const spoken = BOT.exec(text)?.groups;
  const found = spoken?.['bot'] ?? spoken?.['thanked'] ?? (customer && BOT_AT_END.exec(text)?.groups?.['bot']);
  return BOT_FORMS.find((form) => form === found || (found === 'chau' && form === 'cháu'));
}

/** The words as they are said to this customer. */
export function addressed(words: string, forms: FormsOfAddress = {}): string {
  const { customer } = forms;
  const bot = forms.bot ?? (customer && usualFor(customer));
  const named = customer === undefined ? words : replaceKeepingCase(words, /anh\/chị/giu, customer);
  return bot === undefined ? named : replaceKeepingCase(named, /(?<!\p{L})mình(?!\p{L})/giu, bot);
}

function usualFor(customer: CustomerForm): BotForm {
  return customer === 'anh' || customer === 'chị' ? 'em' : 'cháu';
}

function replaceKeepingCase(text: string, pattern: RegExp, by: string): string {
  return text.replace(pattern, (found) => {
    const isCapital = found.charAt(0) !== found.charAt(0).toLowerCase();
    return isCapital ? by.charAt(0).toUpperCase() + by.slice(1) : by;
  });
}
