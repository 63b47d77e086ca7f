/** After these a number is an amount: "một tháng 50 số", "hàng tháng 20 ngàn". */
const COUNTED = '(?:một|mot|mỗi|moi|hàng|hang|hằng|từng|tung|mấy|may|cả|ca|trong|1) ';
const AMOUNT =
  '(?:số|so|kwh|kw|ký|ky|kí|ki|k|ngàn|ngan|nghìn|nghin|triệu|trieu|tr|củ|cu|đồng|dong|đ|d|ngày|ngay|phần|phan|người|nguoi|hộ|ho|phòng|phong)';
const NO_MONTH = new RegExp(
  `(?<![\\p{L}\\d])(?<!${COUNTED})(?:tháng|thang|thg) ?(?:0|1[3-9]|[2-9]\\d)(?![\\p{L}\\d])(?!/\\d{1,2}(?!\\d))(?![.,-]\\d)(?! ${AMOUNT}(?!\\p{L}))`,
  'iu',
);

/** Whether a month is named that no year has: "tháng 13". */
export function namesNoMonth(utterance: string): boolean {
  return NO_MONTH.test(utterance.normalize('NFC'));
}
