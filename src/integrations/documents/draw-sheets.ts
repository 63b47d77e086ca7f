import PdfDocument from 'pdfkit';
import { FONT_FILES } from '../fonts.ts';
import type { Sheet } from './bill-sheet.ts';

const MARGIN = 50;
const LABEL_WIDTH = 150;
const SIZES = { head: 10, title: 17, body: 10.5 };
const INK = '#1b1b1f';
const PALE = '#5b5f66';
const LINE = '#c9ccd1';
const GAP = 6;
/** Of the width, of each column of a table. */
const COLUMNS = [0.4, 0.17, 0.2, 0.23];

type Pdf = PDFKit.PDFDocument;

export interface Drawing {
  readonly sheets: readonly Sheet[];
  /** When it is made, UTC ms. */
  readonly now: number;
}

/**
 * The sheets as one PDF, a page each: some 20 kB, with the letters of the font that they use. Takes up to half a second
 * of the processor: not for a thread in which messages wait.
 */
export function drawSheets({ sheets, now }: Drawing): Promise<Uint8Array> {
  const pdf = new PdfDocument({
    ...{ size: 'A4', margin: MARGIN, autoFirstPage: false, lang: 'vi' },
    info: { Title: sheets.map(({ title }) => title).join(', '), CreationDate: new Date(now), ModDate: new Date(now) },
  });
  pdf.registerFont('regular', FONT_FILES.regular).registerFont('bold', FONT_FILES.bold);
  const chunks: Uint8Array[] = [];
  const drawn = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  for (const sheet of sheets) {
    pdf.addPage();
    drawSheet(pdf, sheet);
  }
  pdf.end();
  return drawn;
}

function drawSheet(pdf: Pdf, { head, title, warning, rows, table, foot }: Sheet): void {
  const [name = '', ...more] = head;
  write(pdf, 'bold', SIZES.head, INK).text(name.normalize('NFC'));
  write(pdf, 'regular', SIZES.head, PALE).text(more.join('\n').normalize('NFC'));
  pdf.moveDown(1.5);
  write(pdf, 'bold', SIZES.title, INK).text(title.normalize('NFC'));
  pdf.moveDown(0.4);
  write(pdf, 'bold', SIZES.body, PALE).text(warning.normalize('NFC'));
  pdf.moveDown(1);
  for (const { label, value } of rows) {
    drawCells(pdf, [label, value], [LABEL_WIDTH, widthOf(pdf) - LABEL_WIDTH], ['left', 'left'], label === 'Tổng cộng');
  }
  if (table !== undefined) {
    pdf.moveDown(1);
    const widths = COLUMNS.map((share) => share * widthOf(pdf));
    const sides = table.head.map((_, column) => (column === 0 ? 'left' : 'right'));
    drawCells(pdf, table.head, widths, sides, true);
    for (const line of table.lines) {
      drawCells(pdf, line, widths, sides);
    }
  }
  pdf.moveDown(1.5);
  write(pdf, 'regular', SIZES.head, PALE).text(foot.join('\n').normalize('NFC'), MARGIN);
}

/** One row with a line under it; on a new page when it does not fit. */
function drawCells(
  pdf: Pdf,
  cells: readonly string[],
  widths: readonly number[],
  sides: readonly string[],
  isBold = false,
): void {
  write(pdf, isBold ? 'bold' : 'regular', SIZES.body, INK);
  const texts = cells.map((cell) => cell.normalize('NFC'));
  const height = Math.max(
    ...texts.map((text, index) => pdf.heightOfString(text, { width: (widths[index] ?? 0) - GAP })),
  );
  if (pdf.y + height > pdf.page.height - MARGIN) {
    pdf.addPage();
  }
  const { y } = pdf;
  let x = MARGIN;
  for (const [index, text] of texts.entries()) {
    const width = widths[index] ?? 0;
    pdf.text(text, x, y, { width: width - GAP, align: sides[index] === 'right' ? 'right' : 'left' });
    x += width;
  }
  const end = y + height + GAP / 2;
  pdf
    .moveTo(MARGIN, end)
    .lineTo(pdf.page.width - MARGIN, end)
    .lineWidth(0.5)
    .stroke(LINE);
  pdf.x = MARGIN;
  pdf.y = end + GAP / 2;
}

function write(pdf: Pdf, font: 'regular' | 'bold', size: number, color: string): Pdf {
  return pdf.font(font).fontSize(size).fillColor(color);
}

function widthOf(pdf: Pdf): number {
  return pdf.page.width - 2 * MARGIN;
}
