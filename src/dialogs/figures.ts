const whole = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 });

/** `1.250`, as it is written in Vietnamese. */
export function figure(amount: number): string {
  return whole.format(amount);
}

/** `636.768 đ`. */
export function money(amount: number): string {
  return `${figure(amount)} đ`;
}

/** `1.250 kWh`. */
export function energy(kwh: number): string {
  return `${figure(kwh)} kWh`;
}
