import { fold } from './normalize.ts';

/** As tickets are numbered: kind, day, eight signs, five on older ones. The dash may be missing; then a letter tells it from a customer code. */
const NUMBER =
  /(?<![A-Z0-9])(SC|KC|YC|CT|HD|PA) ?(\d{6})(?: ?[ -] ?|(?=\d*[A-Z]))([2-9A-HJKMNP-Z]{8}|[2-9A-HJKMNP-Z]{5})(?![A-Z0-9])/;
const WHAT =
  '(?:phieu|ho so|(?<!hoa )don|yeu cau|de nghi|dang ky|dk|phan anh|khieu nai|thu tuc|ticket|(?:xin|gan|mac|lap|bat) (?:duong )?(?:dien|cong to|dong ho))';
const WHERE_IT_STANDS =
  '(?:(?:toi|den) (?:dau|mo|giai doan nao|buoc nao)|sao roi|the nao roi|ra sao roi|(?:xong|duyet|giai quyet|xu ly|lam|tiep nhan|xem) (?:xong )?(?:chua|toi dau|den dau)|(?:da )?(?:duoc )?(?:xong|duyet|giai quyet) chua|chua (?:thay )?(?:ai|thay|nhan vien|ben minh) (?:goi|lien he|lien lac|tra loi|phan hoi|xuong|den|toi|lam|giai quyet)|chua duoc (?:giai quyet|duyet|xu ly|lien he|phan hoi))';
/** What is asked for stands before how far it is, or after "tình trạng". */
const QUESTIONS: readonly RegExp[] = [
  new RegExp(`\\b${WHAT}\\b.*\\b${WHERE_IT_STANDS}\\b`),
  /\b(?:tinh trang|tien do|tra cuu|kiem tra|xem|coi) (?:\S+ ){0,2}?(?:phieu|ho so|(?<!hoa )don|yeu cau|ticket)\b/,
];
/** A longer story tells more than it asks. */
const MOST_WORDS = 16;

/** The number of a ticket in an utterance, as it is kept: `SC261129-VPY43K7Q`. */
export function ticketNumberIn(utterance: string): string | undefined {
  const [, kind, day, tail] = NUMBER.exec(utterance.toUpperCase()) ?? [];
  return kind === undefined ? undefined : `${kind}${day}-${tail}`;
}

/** Whether somebody asks how far what he has asked for is: "hồ sơ của em tới đâu rồi", or a bare number of a ticket. */
export function detectTicketQuestion(utterance: string): boolean {
  const words = fold(utterance)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return (
    ticketNumberIn(utterance) !== undefined ||
    (words.split(' ').length <= MOST_WORDS && QUESTIONS.some((question) => question.test(words)))
  );
}
