import type { ContactOutcome } from '../../bot/figures/tally.ts';
import type { ReporterCounts } from '../../bot/incidents/outage-report.ts';
import type { FigureCounts, WaitFigures } from './desk-api/figures.ts';

/** A share of fewer says nothing: then the two numbers stand alone. */
export const FEWEST_FOR_SHARE = 20;
/** Of fewer waits no median and no 90 % are told. */
export const FEWEST_WAITS = 10;

export const OUTCOME_WORDS: Readonly<Record<ContactOutcome, string>> = {
  contained: 'Bot giải quyết',
  not_yet_known: 'Chưa biết (chưa đủ 24 giờ)',
  returned: 'Khách quay lại trong 24 giờ',
  left_open: 'Chưa được trả lời',
  handed_off: 'Chuyển nhân viên',
  no_request: 'Không nêu việc',
};

/** Reports of an outage: how many of their customers belong to an incident. */
export const GROUPED_WORDS = 'Khách báo được gom vào sự cố';

const TICKET_WORDS: Readonly<Record<string, string>> = {
  outage: 'mất điện',
  emergency: 'khẩn cấp',
  billing: 'hóa đơn',
  meter: 'công tơ',
  service: 'dịch vụ',
  callback: 'gọi lại',
};

/** A figure with its whole, and how it is counted. */
export interface FigureLine {
  readonly name: string;
  readonly value: string;
  readonly definition: string;
}

export interface FigureGroup {
  readonly title: string;
  readonly lines: readonly FigureLine[];
}

const number = new Intl.NumberFormat('vi-VN');
const oneDecimal = new Intl.NumberFormat('vi-VN', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `34 / 120 (28%)`; without the share where the whole is small. */
export function shareWords(part: number, whole: number): string {
  if (whole === 0) {
    return 'Chưa có';
  }
  const share = whole < FEWEST_FOR_SHARE ? '' : ` (${Math.round((part / whole) * 100)}%)`;
  return `${number.format(part)} / ${number.format(whole)}${share}`;
}

/** Contacts with a request whose end is known: the whole of what the bot has solved. */
export function decidedOf({ outcomes }: Pick<FigureCounts, 'outcomes'>): number {
  return outcomes.contained + outcomes.returned + outcomes.left_open + outcomes.handed_off;
}

/** `45 giây`, `3 phút 20 giây`, `2 giờ 5 phút`. */
export function spanWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3_600)];
  if (minutes < 1) {
    return `${seconds} giây`;
  }
  if (hours < 1) {
    return seconds % 60 === 0 ? `${minutes} phút` : `${minutes} phút ${seconds % 60} giây`;
  }
  return minutes % 60 === 0 ? `${hours} giờ` : `${hours} giờ ${minutes % 60} phút`;
}

function waitWords({ count, p50, p90 }: WaitFigures): string {
  return p50 === undefined || p90 === undefined
    ? `${count} lượt, chưa đủ ${FEWEST_WAITS} để tính`
    : `${spanWords(p50)} / ${spanWords(p90)} (${number.format(count)} lượt)`;
}

/** Every figure beside its definition. */
export function figureGroups(counts: FigureCounts, reporters: ReporterCounts | undefined): readonly FigureGroup[] {
  return [
    ...[endGroup(counts), understandingGroup(counts), waitGroup(counts), emergencyGroup(counts)],
    ...[serviceGroup(counts), outageGroup(counts, reporters)],
  ];
}

function endGroup(counts: FigureCounts): FigureGroup {
  const { contacts, outcomes } = counts;
  const decided = decidedOf(counts);
  const asked = contacts - outcomes.no_request;
  return {
    title: 'Kết quả',
    lines: [
      {
        name: 'Lượt liên hệ',
        value: number.format(contacts),
        definition:
          'Một khách nhắn từ tin đầu đến khi im lặng 60 phút hoặc nhân viên kết thúc. Tính vào ngày của tin đầu, vào việc đầu tiên khách nêu.',
      },
      {
        name: OUTCOME_WORDS.contained,
        value: shareWords(outcomes.contained, decided),
        definition:
          'Bot trả lời xong, không có nhân viên nào tham gia, và sau 24 giờ khách không quay lại: không hỏi lại việc đó, không đòi gặp nhân viên, không khiếu nại, không nhắn điều bot không hiểu. Trên số lượt có nêu việc và đã biết kết quả. Khách đổi sang kênh khác thì không nhận ra được.',
      },
      {
        name: OUTCOME_WORDS.not_yet_known,
        value: shareWords(outcomes.not_yet_known, asked),
        definition:
          'Bot đã trả lời, chưa qua 24 giờ kể từ tin cuối. Không tính là bot giải quyết. Trên số lượt có nêu việc.',
      },
      {
        name: OUTCOME_WORDS.returned,
        value: shareWords(outcomes.returned, decided),
        definition: 'Bot đã trả lời, nhưng trong 24 giờ khách quay lại vì việc đó. Trên số lượt đã biết kết quả.',
      },
      {
        name: OUTCOME_WORDS.left_open,
        value: shareWords(outcomes.left_open, decided),
        definition: 'Bot không hiểu điều khách hỏi sau cùng, hoặc khách bỏ giữa chừng. Trên số lượt đã biết kết quả.',
      },
      {
        name: OUTCOME_WORDS.handed_off,
        value: shareWords(outcomes.handed_off, decided),
        definition:
          'Bot chuyển cho nhân viên, hoặc nhân viên tự nhận. Trên số lượt đã biết kết quả. Lý do ở bảng bên dưới.',
      },
      {
        name: OUTCOME_WORDS.no_request,
        value: shareWords(outcomes.no_request, contacts),
        definition: 'Chỉ chào hỏi, cảm ơn, hỏi về bot, hoặc việc ngoài ngành điện. Trên mọi lượt liên hệ.',
      },
    ],
  };
}

function understandingGroup(counts: FigureCounts): FigureGroup {
  const { contacts, messages } = counts;
  return {
    title: 'Bot hiểu khách',
    lines: [
      {
        name: 'Tin bot không hiểu',
        value: shareWords(counts.missed, messages),
        definition: 'Trên số tin bot phải trả lời: không tính tin gửi khi nhân viên đang giữ cuộc.',
      },
      {
        name: 'Tin bot hỏi lại',
        value: shareWords(counts.askedBack, messages),
        definition: 'Bot chưa chắc nên đưa hai, ba việc cho khách chọn. Trên số tin bot phải trả lời.',
      },
      {
        name: 'Lượt có tin không hiểu',
        value: shareWords(counts.contactsMissed, contacts),
        definition: 'Có ít nhất một tin bot không hiểu. Trên mọi lượt liên hệ.',
      },
    ],
  };
}

function waitGroup(counts: FigureCounts): FigureGroup {
  const { outcomes } = counts;
  return {
    title: 'Chờ nhân viên',
    lines: [
      {
        name: 'Chờ câu trả lời đầu của nhân viên: một nửa / 90% khách chờ không quá',
        value: waitWords(counts.waits),
        definition: 'Từ lúc vào hàng chờ đến tin đầu tiên do nhân viên viết, tính cả ngoài giờ làm việc.',
      },
      {
        name: 'Không được trả lời',
        value: shareWords(counts.gaveUp, outcomes.handed_off),
        definition:
          'Đã chuyển nhân viên mà cuộc được trả về bot hay kết thúc khi chưa ai viết, hoặc quá 24 giờ. Trên số lượt chuyển nhân viên.',
      },
      {
        name: 'Đang chờ',
        value: shareWords(counts.stillWaiting, outcomes.handed_off),
        definition: 'Chưa có nhân viên nào viết, chưa quá 24 giờ. Trên số lượt chuyển nhân viên.',
      },
    ],
  };
}

function emergencyGroup(counts: FigureCounts): FigureGroup {
  return {
    title: 'Khẩn cấp về an toàn điện',
    lines: [
      {
        name: 'Lượt khẩn cấp có nhân viên trả lời',
        value: shareWords(counts.emergencyWaits.count, counts.emergencies),
        definition:
          'Bot luôn gửi lời dặn an toàn ngay; đây là số lượt sau đó có nhân viên viết. Trên số lượt khách nói có nguy hiểm.',
      },
      {
        name: 'Từ lúc báo đến khi nhân viên viết: một nửa / 90% không quá',
        value: waitWords(counts.emergencyWaits),
        definition: 'Tính các lượt khẩn cấp đã có nhân viên trả lời.',
      },
    ],
  };
}

function serviceGroup(counts: FigureCounts): FigureGroup {
  const { outcomes } = counts;
  const ticketKinds = Object.entries(counts.tickets).filter(([, count]) => count > 0);
  const tickets = ticketKinds.reduce((sum, [, count]) => sum + count, 0);
  return {
    title: 'Xác minh, đánh giá, phiếu',
    lines: [
      {
        name: 'Xác minh được',
        value: shareWords(counts.verified, counts.codesAsked),
        definition:
          'Khách nhập đúng mã một lần. Trên số lượt đã gửi mã qua SMS; phần còn lại nhập sai, hết hạn hoặc bỏ.',
      },
      {
        name: 'Điểm đánh giá trung bình',
        value:
          counts.ratings === 0
            ? 'Chưa có'
            : `${oneDecimal.format(counts.ratingSum / counts.ratings)} / 5 (${number.format(counts.ratings)} / ${number.format(outcomes.handed_off)} lượt)`,
        definition:
          'Khách chấm từ 1 đến 5 sau khi nhân viên kết thúc. Trên số lượt chuyển nhân viên: phần lớn khách không chấm.',
      },
      {
        name: 'Phiếu đã lập',
        value:
          tickets === 0
            ? 'Chưa có'
            : `${number.format(tickets)}: ${ticketKinds.map(([kind, count]) => `${TICKET_WORDS[kind] ?? kind} ${number.format(count)}`).join(', ')}`,
        definition: 'Do bot hoặc nhân viên lập trong các lượt này. Một lượt có thể có nhiều phiếu.',
      },
    ],
  };
}

function outageGroup(counts: FigureCounts, reporters: ReporterCounts | undefined): FigureGroup {
  const { outageContacts } = counts;
  return {
    title: 'Mất điện và bão',
    lines: [
      ...(reporters === undefined
        ? []
        : [
            {
              name: GROUPED_WORDS,
              value: shareWords(reporters.grouped, reporters.reporters),
              definition: 'Trên số khách báo mất điện hoặc hỏi bao giờ có điện, theo lúc báo. Chỉ còn trong 90 ngày.',
            },
          ]),
      {
        name: 'Được báo sự cố ngay',
        value: shareWords(counts.toldAtOnce, outageContacts),
        definition: 'Bot nói ngay sự cố đang có khi biết nơi mất điện. Trên số lượt báo hoặc hỏi mất điện.',
      },
      {
        name: 'Được báo khi có điện lại',
        value: shareWords(counts.restorationTold, outageContacts),
        definition: 'Hệ thống đã nhắn tin có điện lại vào cuộc đó. Trên số lượt báo hoặc hỏi mất điện.',
      },
      {
        name: 'Trả lời "có điện rồi"',
        value: shareWords(counts.powerBack, counts.restorationTold),
        definition: 'Trên số lượt đã được báo. Im lặng không tính là có điện.',
      },
      {
        name: 'Trả lời "vẫn mất điện"',
        value: shareWords(counts.stillOut, counts.restorationTold),
        definition: 'Trên số lượt đã được báo. Mỗi lượt mở một phiếu mới giữ giờ báo đầu.',
      },
    ],
  };
}
