import type { PriceSchedule } from './price-schedule.ts';

/** kWh by hours of the day. A meter with one price counts everything as `normal`. */
export interface RegisterKwh {
  readonly normal: number;
  readonly peak: number;
  readonly offPeak: number;
}

/** One line of a bill. */
export interface TariffLine {
  /** As it is printed on the bill, for example `Bậc 2`. */
  readonly label: string;
  readonly kwh: number;
  /** đ per kWh before VAT. */
  readonly price: number;
  readonly amount: number;
}

/** What the widths of the tiers depend on. */
export interface TierShare {
  readonly days: number;
  readonly normalDays: number;
  readonly households: number;
}

/** The lines for kWh used at one price schedule. Lines without usage are left out. */
export function priceLines(prices: PriceSchedule, kwh: RegisterKwh, share: TierShare): readonly TariffLine[] {
  return linesOf(prices, kwh, share).filter((line) => line.kwh > 0);
}

function linesOf(prices: PriceSchedule, kwh: RegisterKwh, share: TierShare): readonly TariffLine[] {
  switch (prices.kind) {
    case 'tiers':
      return tierLines(kwh.normal, tierWidths(prices.widths, share), prices.prices);
    case 'single':
      return [line('Một giá', kwh.normal, prices.price)];
    case 'hours':
      return [
        line('Giờ bình thường', kwh.normal, prices.normal),
        // A group without three prices pays its one price at every hour.
        line('Giờ cao điểm', kwh.peak, prices.peak ?? prices.normal),
        line('Giờ thấp điểm', kwh.offPeak, prices.offPeak ?? prices.normal),
      ];
  }
}

/** Published widths × days / normal days × households, each rounded to whole kWh. */
function tierWidths(widths: readonly number[], { days, normalDays, households }: TierShare): readonly number[] {
  return widths.map((width) => Math.round((width * days * households) / normalDays));
}

function tierLines(kwh: number, widths: readonly number[], prices: readonly number[]): readonly TariffLine[] {
  let rest = kwh;
  return prices.map((price, index) => {
    const inTier = Math.min(rest, widths[index] ?? Number.POSITIVE_INFINITY);
    rest -= inTier;
    return line(`Bậc ${index + 1}`, inTier, price);
  });
}

function line(label: string, kwh: number, price: number): TariffLine {
  return { label, kwh, price, amount: kwh * price };
}
