import type { Understanding } from '../nlu/understanding.ts';
import type { DialogWorld } from './dialog-world.ts';
import { ENGINE_DIALOGS } from './engine-dialogs.ts';

/** The dialog that serves an accepted intent. */
export function requestOf(world: DialogWorld, understanding: Understanding): string | undefined {
  return understanding.decision === 'accept' ? dialogFor(world, understanding.intent) : undefined;
}

export function dialogFor(world: DialogWorld, intent: string): string {
  return world.byIntent.get(intent) ?? ENGINE_DIALOGS.notServed;
}
