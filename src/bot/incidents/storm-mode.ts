import type { Clock } from '../ports.ts';
import type { OutageReports } from './outage-report.ts';
import type { StormRules } from './storm-rules.ts';

/** One turning on or off of storm mode: append-only, unique by number. */
export interface StormSwitch {
  /** From 1. */
  readonly number: number;
  readonly isOn: boolean;
  readonly by: 'rate' | 'hand';
  /** The agent, when by hand. */
  readonly byId?: string;
  readonly byName?: string;
  /** For the desk, for example "42 báo trong 5 phút". */
  readonly reason: string;
  /** UTC ms. */
  readonly at: number;
}

export interface StormSwitches {
  /** The newest; `undefined`: it was never on. */
  stormSwitch(): Promise<StormSwitch | undefined>;
  /** `false`: somebody else has made the switch with this number. */
  appendSwitch(change: StormSwitch): Promise<boolean>;
}

export interface StormModeDeps {
  readonly storm: StormSwitches;
  readonly reports: Pick<OutageReports, 'countReports'>;
  readonly rules: StormRules;
  readonly clock: Clock;
}

export interface StormMode {
  /** Goes on or off by the rate of reports; call it every second or so, on every node. */
  sweep(): Promise<void>;
  /** By hand. `undefined`: it is so already, or somebody else was faster. */
  turn(isOn: boolean, by: { readonly id: string; readonly name: string }): Promise<StormSwitch | undefined>;
}

const MINUTE_MS = 60_000;

/** Switches storm mode: by the rate of reports or by hand, and off again. */
export function createStormMode({ storm, reports, rules, clock }: StormModeDeps): StormMode {
  async function append(before: StormSwitch | undefined, change: Omit<StormSwitch, 'number' | 'at'>) {
    const next = { ...change, number: (before?.number ?? 0) + 1, at: clock.now() };
    return (await storm.appendSwitch(next)) ? next : undefined;
  }

  return {
    async sweep() {
      const now = clock.now();
      const before = await storm.stormSwitch();
      if (before?.isOn === true) {
        // What was switched on by hand is switched off by hand.
        if (before.by === 'rate' && now - before.at >= rules.offMs) {
          const count = await reports.countReports(now - rules.offMs);
          if (count < rules.offReports) {
            await append(before, { isOn: false, by: 'rate', reason: rateWords(count, rules.offMs) });
          }
        }
        return;
      }
      if (before?.by === 'hand' && now - before.at < rules.handMs) {
        return;
      }
      const count = await reports.countReports(now - rules.onMs);
      if (count >= rules.onReports) {
        await append(before, { isOn: true, by: 'rate', reason: rateWords(count, rules.onMs) });
      }
    },
    async turn(isOn, { id, name }) {
      const before = await storm.stormSwitch();
      if ((before?.isOn ?? false) === isOn) {
        return undefined;
      }
      return append(before, {
        isOn,
        by: 'hand',
        byId: id,
        byName: name,
        reason: isOn ? 'Bật bằng tay' : 'Tắt bằng tay',
      });
    },
  };
}

function rateWords(count: number, windowMs: number): string {
  return `${count} báo mất điện trong ${windowMs / MINUTE_MS} phút`;
}
