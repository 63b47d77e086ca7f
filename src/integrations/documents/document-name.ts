import { DOCUMENT_ENDING, type DocumentWish } from './document-links.ts';

/** As the customer's phone or computer calls it: `Bang ke tien dien 10-2026.pdf`. */
export function documentName({ period }: Pick<DocumentWish, 'period'>): string {
  const months = [...new Set(period.split('/'))].map((month) => month.split('-').reverse().join('-'));
  return `Bảng kê tiền điện ${months.join(' đến ')}${DOCUMENT_ENDING}`;
}
