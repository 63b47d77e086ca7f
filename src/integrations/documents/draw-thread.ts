import { createWorkThread, type WorkThread } from '../work-thread.ts';
import type { Drawing } from './draw-sheets.ts';

export type SheetDrawer = WorkThread<Drawing, Uint8Array>;

/** Draws documents in a thread of its own. */
export function createSheetDrawer(): SheetDrawer {
  return createWorkThread(new URL('./draw-worker.ts', import.meta.url));
}
