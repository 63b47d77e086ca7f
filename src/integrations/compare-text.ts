/** Order by code units, the same on every machine: for keys and days, not for names that people read. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
