import { figure } from '../../dialogs/figures.ts';

/** `Bậc 1 (0–50 kWh)` and so on to `Bậc 6 (từ 401 kWh)`. */
export function tierLabels(widths: readonly number[]): readonly string[] {
  let from = 0;
  const closed = widths.map((width, tier) => {
    const label = `Bậc ${tier + 1} (${figure(from === 0 ? 0 : from + 1)}–${figure(from + width)} kWh)`;
    from += width;
    return label;
  });
  return [...closed, `Bậc ${widths.length + 1} (từ ${figure(from + 1)} kWh)`];
}
