/**
 * Lets everything in this process live at another time: `CLOCK_SHIFT_MS` is added to what the machine's clock says.
 * `npm run test:file -- --at ISO` loads it, in node and in each test's own world.
 */
const shiftMs = Number(process.env.CLOCK_SHIFT_MS ?? 0);
if (shiftMs !== 0 && Date.name !== 'ShiftedDate') {
  const machineNow = Date.now;
  globalThis.Date = class ShiftedDate extends Date {
    constructor(...given) {
      super(...(given.length === 0 ? [machineNow() + shiftMs] : given));
    }

    static now() {
      return machineNow() + shiftMs;
    }
  };
}
