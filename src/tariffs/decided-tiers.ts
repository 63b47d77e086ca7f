import type { Day, HouseholdTariff, Tariffs } from './tariff.ts';

/**
 * The tables as they would be if the decided tiers came into force on a day with today's average price.
 * For answers about "five tiers" only: no bill is made with it.
 */
export function withDecidedTiers(tariffs: Tariffs, from: Day): Tariffs {
  const current = tariffs.households.findLast((row) => row.from <= from);
  if (current === undefined) {
    return tariffs;
  }
  const { decision, source, widths, percentOfAverage } = tariffs.decidedTiers;
  const prices = percentOfAverage.map((percent) => Math.round((current.average * percent) / 100));
  const row: HouseholdTariff = { decision, source, widths, prices, from, average: current.average };
  return { ...tariffs, households: [...tariffs.households.filter((other) => other.from < from), row] };
}
