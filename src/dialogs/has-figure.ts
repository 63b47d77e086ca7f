import { type Reply, toPlainText } from './reply.ts';

/** Sums, energy, days, months and hours, as we write them. Telephone numbers and codes are no figures. */
const FIGURE =
  /(?<![\d.])\d[\d.,]*\s?(?:đ|đồng|kWh)(?!\p{L})|(?<!\d)\d{1,2}\/\d{1,4}(?:\/\d{4})?(?!\d)|(?<!\d)\d{1,2}:\d\d(?!\d)/u;
/** Words that show what could be typed. */
const EXAMPLE = /"[^"]*"|ví dụ[^.\n]*|24\/(?:7|24)/giu;

/** Whether a reply tells a figure that comes from a record. */
export function hasFigure(reply: Reply): boolean {
  return FIGURE.test(toPlainText(reply).replace(EXAMPLE, ''));
}
