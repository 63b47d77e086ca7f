import type { ChartMonth } from '../../src/dialogs/chart.ts';
import type { Reply } from '../../src/dialogs/reply.ts';

const USED = [180, 150, 120, 210, 0, 310, 402, 455, 1_390, 322, 288, 266, 250];

/** Thirteen months up to October 2026, one of them without figures, the first and the last marked. */
export const SAMPLE_CHART: Extract<Reply, { kind: 'chart' }> = {
  kind: 'chart',
  title: 'Điện tiêu thụ từ tháng 10/2025 đến tháng 10/2026',
  description: 'Mã khách hàng PB06010001234. Tổng & bình quân <tính theo hóa đơn>.',
  months: USED.map((kwh, index): ChartMonth => {
    const mark = index === 0 ? 'compared' : index === USED.length - 1 ? 'asked' : undefined;
    return {
      label: `${((9 + index) % 12) + 1}/${index < 3 ? 2025 : 2026}`,
      ...(kwh > 0 && { kwh, amount: kwh * 2_546 }),
      ...(mark && { mark }),
    };
  }),
};
