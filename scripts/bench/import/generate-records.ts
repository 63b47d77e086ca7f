import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** Codes of one unit; the next customers belong to the next unit. */
const CODES_A_UNIT = 100_000;
const FIRST_UNIT = 1_000;
const FIRST_YEAR = 2025;
const VAT_PERCENT = 8;
const PHONES = 100_000_000;
/** Has no factor in common with their number, so that each comes once. */
const PHONE_STEP = 38_196_601;
const STREETS = ['ấp 3 xã Long Định', 'đường Nguyễn Huệ, phường Mỹ Phong', 'khóm 2 phường Cao Lãnh', 'ấp Bình Thạnh'];
const NAMES = ['Nguyễn Thị Hoa', 'Trần Văn Sơn', 'Lê Thị Mỹ Duyên', 'Phạm Quốc Bảo', 'Võ Thành Long'];

/** The same customer for the same number, so that a run can look up what another has written. */
export function codeOf(index: number): string {
  const unit = FIRST_UNIT + Math.floor(index / CODES_A_UNIT);
  return `PB${unit}${String(index % CODES_A_UNIT).padStart(7, '0')}`;
}

/** In no order, as people's numbers are: an index over them is written all over. */
export function phoneOf(index: number): string {
  return `09${String((index * PHONE_STEP) % PHONES).padStart(8, '0')}`;
}

/** Customers from `from` to before `to`, as a line of JSON each. */
export function writeCustomers(path: string, from: number, to: number): Promise<void> {
  return writeLines(path, from, to, (index) => [
    {
      code: codeOf(index),
      name: NAMES[index % NAMES.length],
      phone: phoneOf(index),
      address: `${index % 900} ${STREETS[index % STREETS.length]}`,
      province: 'Đồng Tháp',
      feeder: `F${index % 4_000}`,
      transformer: `T${index % 90_000}`,
    },
  ]);
}

/** So many monthly bills for each of these customers. */
export function writeBills(path: string, from: number, to: number, each: number): Promise<void> {
  return writeLines(path, from, to, (index) => Array.from({ length: each }, (_, month) => billOf(index, month)));
}

function billOf(index: number, monthIndex: number): object {
  const year = FIRST_YEAR + Math.floor(monthIndex / 12);
  const month = `${year}-${String((monthIndex % 12) + 1).padStart(2, '0')}`;
  const kwh = 60 + ((index * 31 + monthIndex * 17) % 400);
  const lines = [
    { label: 'Bậc 1', kwh: Math.min(kwh, 50), price: 1_984, amount: Math.min(kwh, 50) * 1_984 },
    { label: 'Bậc 2', kwh: Math.max(0, kwh - 50), price: 2_050, amount: Math.max(0, kwh - 50) * 2_050 },
  ];
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  const vat = Math.round((amount * VAT_PERCENT) / 100);
  const readingOld = monthIndex * 500;
  return {
    ...{ customerCode: codeOf(index), month, from: `${month}-01`, to: `${month}-28`, due: `${month}-28` },
    ...{ readingOld, readingNew: readingOld + kwh, kwh, lines, amount, vatRate: VAT_PERCENT, vat, total: amount + vat },
  };
}

async function writeLines(
  path: string,
  from: number,
  to: number,
  rowsOf: (index: number) => readonly object[],
): Promise<void> {
  const stream = createWriteStream(path);
  for (let index = from; index < to; index += 1) {
    const lines = rowsOf(index).map((row) => `${JSON.stringify(row)}\n`);
    if (!stream.write(lines.join(''))) {
      await new Promise<void>((resolve) => stream.once('drain', resolve));
    }
  }
  stream.end();
  await finished(stream);
}
