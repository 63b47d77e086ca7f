import type { CrisisFacts } from '../../bot/crisis/crisis-message.ts';
import { foldWords } from '../../dialogs/fold-words.ts';
import { hidePersonal } from '../../nlu/hide-personal.ts';
import type { SmsFit } from '../sms/fit-settings.ts';
import { type FittedSms, fitSms } from '../sms/segments.ts';

/** Something about a crisis message that its author should mend; an `error` must be. The words are for the author. */
export interface CrisisCheck {
  readonly level: 'error' | 'warning';
  readonly words: string;
}

export interface CheckCrisisOptions {
  /** UTC ms. */
  readonly now: number;
  /** As the bot says it. */
  readonly spoken: string;
  /** The utility's own addresses: they may stand in the text. */
  readonly website: string;
  readonly email?: string;
  /** By its old or its new name. */
  readonly isOurProvince: (name: string) => boolean;
  readonly smsFit: SmsFit;
  /** So many letters of the text a template holds; absent: all of them. */
  readonly cutAt?: number | undefined;
}

export const TITLE_LIMIT = 80;
export const TEXT_LIMIT = 900;
const BANNER_READABLE = 300;
const ENCODING_NAMES = { gsm7: 'GSM-7', ucs2: 'UCS-2' } as const;
const MINUTE_MS = 60_000;
const SHORTEST_MS = 10 * MINUTE_MS;
const LONGEST_MS = 30 * 24 * 60 * MINUTE_MS;
/** Of real Vietnamese words about two in three bear a mark. */
const LEAST_MARKED = 0.25;
const MARKED = /[\u0300-\u036fđĐ]/;
const PHONE = /(?<![\p{L}\d])(?:\+?84|0)\d(?:[\s.-]?\d){7,9}(?!\d)/gu;
const LINK =
  /(?:https?:\/\/)?(?:[a-z0-9-]+\.)+(?:vn|com|net|org|info|xyz|top|online|site|shop|io|me|cc)(?![a-z0-9])\S*/gi;

/** What is wrong with a crisis message before it is published; nothing, when the list is empty. */
export function checkCrisis(facts: CrisisFacts, options: CheckCrisisOptions): readonly CrisisCheck[] {
  const { title, text } = facts;
  const error = (isWrong: boolean, words: string): CrisisCheck[] => (isWrong ? [{ level: 'error', words }] : []);
  const warning = (isOdd: boolean, words: string): CrisisCheck[] => (isOdd ? [{ level: 'warning', words }] : []);
  const own = [options.website, options.email].filter((one) => one !== undefined);
  const foreign = withoutOwn(`${title}\n${text}`, own);
  const { maxSegments, keepsMarks } = options.smsFit;
  const { segments } = wholeSms(options.spoken, keepsMarks);
  const wide = facts.questions.keywords.filter((words) => !foldWords(words).includes(' '));
  const leftMs = facts.expiresAt - options.now;
  return [
    ...error(title.length > TITLE_LIMIT, `Tiêu đề dài ${title.length} ký tự, nhiều nhất ${TITLE_LIMIT}.`),
    ...error(text.length > TEXT_LIMIT, `Nội dung dài ${text.length} ký tự, nhiều nhất ${TEXT_LIMIT}.`),
    ...error(
      lacksMarks(text) || lacksMarks(title),
      'Tiêu đề hoặc nội dung viết thiếu dấu. Hãy viết tiếng Việt đủ dấu để mọi người đọc đúng.',
    ),
    ...error(/[{}]/.test(`${title}${text}`), 'Có dấu { hoặc }: khách sẽ thấy nguyên như vậy. Hãy bỏ đi.'),
    ...error(
      hidePersonal(foreign.replace(PHONE, '')) !== foreign.replace(PHONE, ''),
      'Có vẻ có dữ liệu cá nhân (mã khách hàng, email, số giấy tờ, số tài khoản hoặc tên người). Ai cũng đọc được tin này: hãy bỏ đi.',
    ),
    ...error(
      facts.questions.intents.length === 0 && facts.questions.keywords.length === 0,
      'Chưa chọn loại câu hỏi hay từ khóa nào: bot sẽ không biết nói tin này khi nào.',
    ),
    ...error(
      wide.length > 0,
      `Từ khóa quá rộng: ${wide.join(', ')}. Mỗi từ khóa cần ít nhất hai tiếng, ví dụ "cắt điện luân phiên".`,
    ),
    ...error(
      facts.area !== undefined && !options.isOurProvince(facts.area.province),
      `Không có tỉnh, thành phố "${facts.area?.province}" trong vùng điện lực phục vụ.`,
    ),
    ...error(leftMs < SHORTEST_MS, 'Giờ hết hạn phải sau lúc này ít nhất 10 phút.'),
    ...error(leftMs > LONGEST_MS, 'Giờ hết hạn xa quá 30 ngày. Khi cần, gia hạn sau.'),
    ...warning(
      new RegExp(PHONE).test(foreign),
      'Có số điện thoại không phải tổng đài. Chắc chắn đó không phải số của một người dân?',
    ),
    ...warning(new RegExp(LINK).test(foreign), 'Có liên kết không phải trang của điện lực. Khách có thể bấm nhầm.'),
    ...warning(
      text.length > BANNER_READABLE,
      `Nội dung dài ${text.length} ký tự: trên khung thông báo của trang web, dưới ${BANNER_READABLE} ký tự dễ đọc hơn.`,
    ),
    ...warning(
      facts.isDanger && options.cutAt !== undefined,
      `Khi nhắn người đăng ký, khách lâu không viết trên Zalo nhận theo mẫu, chỉ đến ký tự thứ ${options.cutAt} của nội dung: hãy nói việc cần làm trước.`,
    ),
    ...warning(
      segments > maxSegments,
      `Trên SMS tin này dài ${segments} phần (${formOf(keepsMarks)}); phần sau ${maxSegments} phần có thể bị cắt.`,
    ),
  ];
}

/** How long a message is on each channel, and how long it may be there. */
export function lengthsOf(
  spoken: string,
  smsFit: SmsFit,
): readonly { readonly channel: string; readonly words: string }[] {
  return [
    { channel: 'zalo', words: `${spoken.length}/2.000 ký tự` },
    { channel: 'telegram', words: `${spoken.length}/4.096 ký tự` },
    { channel: 'sms', words: smsWords(spoken, smsFit) },
  ];
}

/** An operator bills each part: how many it takes in the form that goes out, and how many it would in the other. */
function smsWords(spoken: string, { maxSegments, keepsMarks }: SmsFit): string {
  const [out, other] = [wholeSms(spoken, keepsMarks), wholeSms(spoken, !keepsMarks)];
  const outWords = `${out.segments}/${maxSegments} phần ${formOf(keepsMarks)} (${ENCODING_NAMES[out.encoding]}, ${out.text.length} ký tự)`;
  const otherForm = keepsMarks ? 'bỏ dấu' : 'giữ dấu';
  return `${outWords}; ${otherForm} thì ${other.segments} phần (${ENCODING_NAMES[other.encoding]})`;
}

function wholeSms(spoken: string, keepsMarks: boolean): FittedSms {
  return fitSms(spoken, { keepsMarks, maxSegments: Number.POSITIVE_INFINITY });
}

function formOf(keepsMarks: boolean): string {
  return keepsMarks ? 'có dấu' : 'không dấu';
}

function lacksMarks(words: string): boolean {
  const all = words.normalize('NFD').match(/[\p{L}\p{M}]{2,}/gu) ?? [];
  const marked = all.filter((word) => MARKED.test(word));
  return all.length >= 3 && marked.length < all.length * LEAST_MARKED;
}

function withoutOwn(text: string, own: readonly string[]): string {
  return own.reduce((rest, one) => rest.replaceAll(one, ''), text.normalize('NFC'));
}
