import type { StormSwitch, StormSwitches } from '../../../bot/incidents/storm-mode.ts';
import { defineCollection, needed } from './collection.ts';
import { insertOnce, type MongoDatabase } from './database.ts';

/** One switch; its number is `_id`. */
interface SwitchDocument {
  readonly _id: number;
  readonly record: StormSwitch;
}

export const STORM_SWITCHES = defineCollection<SwitchDocument>({
  name: 'storm_switches',
  fields: { _id: needed.number, record: needed.any },
});

/** When storm mode went on and off, on MongoDB. */
export function createMongoStormSwitches(db: MongoDatabase): StormSwitches {
  const switches = db.model(STORM_SWITCHES);
  return {
    async stormSwitch() {
      return (await switches.findOne().sort({ _id: -1 }).lean<SwitchDocument>())?.record;
    },
    appendSwitch: (change) => insertOnce<SwitchDocument>(switches, { _id: change.number, record: change }),
  };
}
