import { Cron } from 'croner';
import type { WindowSettings } from '../spec/library-settings.ts';

/** Whether applying is allowed at a moment. `opensMs`: when it will be; absent when it never will. */
export type WindowState = { readonly open: true } | { readonly open: false; readonly opensMs?: number };

/** Longer than any window that makes sense; keeps arithmetic on dates in bounds. */
const LONGEST_MS = 366 * 86_400_000;

/** Inside any of the windows; always when there are none. Schedules are read in their own time zones, summer time included. */
export function windowState(windows: readonly WindowSettings[], nowMs: number): WindowState {
  if (windows.length === 0 || windows.some((window) => isOpen(window, nowMs))) return { open: true };
  const openings = windows.map((window) => nextOpening(window, nowMs)).filter((ms) => ms !== undefined);
  return openings.length === 0 ? { open: false } : { open: false, opensMs: Math.min(...openings) };
}

function isOpen(window: WindowSettings, nowMs: number): boolean {
  const opened = nextOpening(window, nowMs - Math.min(window.durationMs, LONGEST_MS));
  return opened !== undefined && opened <= nowMs;
}

/** The first opening after a moment. */
function nextOpening({ schedule, timeZone }: WindowSettings, afterMs: number): number | undefined {
  return new Cron(schedule, { timezone: timeZone, paused: true }).nextRun(new Date(afterMs))?.getTime();
}
