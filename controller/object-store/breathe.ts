import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long synchronous file work may keep timers, signals and sockets waiting. Milliseconds. */
const SLICE_MS = 12;

let sliceStartedMs = performance.now();

/** True when the event loop has been kept waiting for a slice. Cheap enough to ask before every file. */
export function isBreathDue(): boolean {
  return performance.now() - sliceStartedMs > SLICE_MS;
}

/** Lets everything else that is waiting run once. */
export async function breathe(): Promise<void> {
  await nextTurn();
  sliceStartedMs = performance.now();
}
