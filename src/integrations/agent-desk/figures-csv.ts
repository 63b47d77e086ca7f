import { OUTCOMES } from '../../bot/figures/tally.ts';
import { writeCsv } from '../csv.ts';
import type { FigureCounts } from './desk-api/figures.ts';
import { channelWords, HANDOFF_REASONS, reasonWords, topicWords } from './desk-words.ts';
import { OUTCOME_WORDS } from './figure-words.ts';
import { type PlacedTally, sumOf } from './figures.ts';

interface Column {
  readonly name: string;
  readonly of: (counts: FigureCounts) => number | undefined;
}

const seconds = (ms: number | undefined) => (ms === undefined ? undefined : Math.round(ms / 1_000));

const COLUMNS: readonly Column[] = [
  { name: 'Lượt liên hệ', of: ({ contacts }) => contacts },
  ...OUTCOMES.map((outcome) => ({
    name: OUTCOME_WORDS[outcome],
    of: ({ outcomes }: FigureCounts) => outcomes[outcome],
  })),
  { name: 'Tin bot phải trả lời', of: ({ messages }) => messages },
  { name: 'Tin bot không hiểu', of: ({ missed }) => missed },
  { name: 'Tin bot hỏi lại', of: ({ askedBack }) => askedBack },
  { name: 'Lượt có tin không hiểu', of: ({ contactsMissed }) => contactsMissed },
  { name: 'Được nhân viên trả lời', of: ({ waits }) => waits.count },
  { name: 'Chờ: một nửa không quá (giây)', of: ({ waits }) => seconds(waits.p50) },
  { name: 'Chờ: 90% không quá (giây)', of: ({ waits }) => seconds(waits.p90) },
  { name: 'Không được trả lời', of: ({ gaveUp }) => gaveUp },
  { name: 'Đang chờ', of: ({ stillWaiting }) => stillWaiting },
  ...HANDOFF_REASONS.map((reason) => ({
    name: `Chuyển: ${reasonWords(reason)}`,
    of: ({ reasons }: FigureCounts) => reasons[reason] ?? 0,
  })),
  { name: 'Chuyển: lý do khác', of: ({ reasons }) => otherReasons(reasons) },
  { name: 'Khẩn cấp', of: ({ emergencies }) => emergencies },
  { name: 'Khẩn cấp có nhân viên trả lời', of: ({ emergencyWaits }) => emergencyWaits.count },
  { name: 'Khẩn cấp: một nửa không quá (giây)', of: ({ emergencyWaits }) => seconds(emergencyWaits.p50) },
  { name: 'Khẩn cấp: 90% không quá (giây)', of: ({ emergencyWaits }) => seconds(emergencyWaits.p90) },
  { name: 'Đã gửi mã xác minh', of: ({ codesAsked }) => codesAsked },
  { name: 'Xác minh được', of: ({ verified }) => verified },
  { name: 'Số lượt đánh giá', of: ({ ratings }) => ratings },
  { name: 'Tổng điểm đánh giá', of: ({ ratingSum }) => ratingSum },
  { name: 'Phiếu', of: ({ tickets }) => Object.values(tickets).reduce((sum, count) => sum + count, 0) },
  { name: 'Báo hoặc hỏi mất điện', of: ({ outageContacts }) => outageContacts },
  { name: 'Được báo sự cố ngay', of: ({ toldAtOnce }) => toldAtOnce },
  { name: 'Được báo khi có điện lại', of: ({ restorationTold }) => restorationTold },
  { name: 'Trả lời có điện rồi', of: ({ powerBack }) => powerBack },
  { name: 'Trả lời vẫn mất điện', of: ({ stillOut }) => stillOut },
];

/** One row for each day, channel and topic; counts only, so that sums of rows are right. */
export function figuresCsv(placed: readonly PlacedTally[]): string {
  const head = ['Ngày', 'Kênh', 'Chủ đề', ...COLUMNS.map(({ name }) => name)];
  const rows = placed.map((one) => {
    const counts = sumOf([one]);
    return [one.day, channelWords(one.channel), topicWords(one.topic), ...COLUMNS.map((column) => column.of(counts))];
  });
  return writeCsv([head, ...rows]);
}

export function otherReasons(reasons: FigureCounts['reasons']): number {
  return Object.entries(reasons)
    .filter(([reason]) => !HANDOFF_REASONS.includes(reason))
    .reduce((sum, [, count]) => sum + count, 0);
}
