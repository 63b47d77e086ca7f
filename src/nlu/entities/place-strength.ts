import type { PlaceLevel } from '../place-index.ts';
import { phraseAt, phrases, type Reading } from './extractor.ts';

const WHERE = phrases(
  'ở',
  'tại',
  'bên',
  'khu',
  'vực',
  'dưới',
  'trên',
  'về',
  'đường',
  'ấp',
  'khóm',
  'thôn',
  'chỗ',
  'miệt',
  'vùng',
  'xứ',
  'khúc',
  'chợ',
  'ngoài',
  'trong',
  'kv',
  'đt',
  'từ',
  'đến',
  'quê',
  'địa',
  'chỉ',
  'lực',
  'tuyến',
  'cầu',
);

/** How surely words that name a place mean it here: marks, capitals and words such as "ở" speak for it. */
export function strengthOf(
  reading: Reading,
  at: number,
  found: { readonly level: PlaceLevel; readonly next: number; readonly followsKind: boolean },
): number {
  const words = found.next - at;
  const first = reading.tokens[at];
  const last = reading.tokens[found.next - 1];
  if (first === undefined || last === undefined) return 0;
  const said = reading.text.lower.slice(first.start, last.end);
  const isMarked = said !== reading.text.folded.slice(first.start, last.end);
  const isAsked = reading.context.expects?.includes('place') ?? false;
  const isCued = phraseAt(reading, at - 1, WHERE) > 0 || isAsked || found.followsKind;
  const isCapital = startsEachWordLarge(reading, at, found.next);
  const base = { province: 0.7, district: 0.5, commune: 0.05 }[found.level];
  const evidence =
    (isMarked ? 0.15 : reading.text.hasMarks ? -0.35 : isEveryday(said) ? -0.05 : 0) +
    (isCued ? 0.4 : 0) +
    (isCapital ? 0.35 : 0) -
    (endsPowerWord(reading, at) ? 1 : 0);
  return base + evidence + (words === 1 ? -0.45 : 0);
}

const POWER_WORDS = phrases('cúp', 'cắt', 'mất', 'lịch', 'tiền', 'ngừng', 'tắt', 'đóng', 'gắn', 'hóa đơn');

/** "Cúp dien bien hoa" is no "Điện Biên": the first word belongs to the one before. */
function endsPowerWord(reading: Reading, at: number): boolean {
  const isPower = reading.tokens[at]?.lower === 'dien' || reading.tokens[at]?.lower === 'điện';
  return isPower && phraseAt(reading, at - 1, POWER_WORDS) > 0;
}

/** Unmarked names of districts that are also everyday words side by side: "là gì", "phòng điện", "có to". */
const EVERYDAY: ReadonlySet<string> = new Set([
  ...['la gi', 'phong dien', 'bac ha', 'co do', 'co to', 'tu ky', 'tien du', 'dien ban', 'dong ha', 'dong hai'],
]);

function isEveryday(said: string): boolean {
  return EVERYDAY.has(said) || /[^a-z ]/.test(said);
}

function startsEachWordLarge(reading: Reading, first: number, next: number): boolean {
  const { written, offsets } = reading.text;
  for (let i = first; i < next; i++) {
    const char = written.charAt(offsets[reading.tokens[i]?.start ?? 0] ?? 0);
    if (char === char.toLowerCase()) return false;
  }
  return written !== written.toUpperCase();
}
