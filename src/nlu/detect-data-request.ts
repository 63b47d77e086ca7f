import { fold } from './normalize.ts';

const WHOSE = '(?:toi|tui|minh|em|anh|chi|co|chu|bac|con|chau|ong|ba|khach hang|nguoi dung)';
const OWN_DATA = `(?:du lieu|thong tin) (?:ca nhan|rieng tu|(?:cua|ve|lien quan den) ${WHOSE})`;
/** To rub out, but not what somebody else has rubbed out, nor what shall stay. */
const ERASE = `(?<!\\b(?:bi|da|dung|khong|ko|k|mat|tu|lo) )\\bxoa(?: bo| sach| het| toan bo| tat ca| giup| gium| dum| ho| di| cho| luon| moi| cac| ${WHOSE})*`;

/** Words by which somebody asks for the data that are kept about him, without marks. */
const DATA_REQUESTS: readonly RegExp[] = [
  new RegExp(`${ERASE} (?:du lieu|thong tin|lich su|cuoc tro chuyen|doan chat|tin nhan)\\b`),
  /\b(?:rut|rut lai|thu hoi|huy) (?:su )?dong y\b/,
  // "Bot có lưu … không" asks what the bot is.
  new RegExp(
    `(?<!\\bco )\\b(?:xem|coi|trich xuat|tai ve|xuat|sao chep|kiem tra|luu|luu giu|dang giu) (?:\\S+ ){0,3}?${OWN_DATA}\\b`,
  ),
  /\b(?:xem|coi|trich xuat|tai ve|xuat) (?:lai )?du lieu(?: (?:voi|nhe|nha|a|di|duoc khong))*$/,
  new RegExp(`\\b(?:luu|giu) (?:nhung |cac )?(?:du lieu|thong tin) (?:gi|nao)(?: \\S+)? (?:cua|ve) ${WHOSE}\\b`),
];

/** Whether somebody asks to see or to erase what is kept about him: "xóa dữ liệu của tôi", "cho toi xem du lieu". */
export function detectDataRequest(utterance: string): boolean {
  const words = fold(utterance)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return DATA_REQUESTS.some((request) => request.test(words));
}
