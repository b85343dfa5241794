import { constants } from 'node:os';

/** Exit codes are Terraform's: nothing else is ever returned, but 128 + n after signal n. */
export const EXIT = { ok: 0, error: 1, changes: 2 } as const;

export type InterruptSignal = 'SIGINT' | 'SIGTERM';

/** 130 for SIGINT, 143 for SIGTERM. */
export function exitCodeOfSignal(signal: InterruptSignal): number {
  return 128 + constants.signals[signal];
}
