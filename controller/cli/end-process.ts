import { exitCodeOfSignal, type InterruptSignal } from './exit-codes.ts';

/**
 * Ends this process at once, as the signal would have done had nobody listened for it. `process.exit` alone would wait for calls to the
 * disk that are under way, and on a mount that has gone away those may never return.
 */
export function endProcess(signal: InterruptSignal): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Only the first process of a container gets here: no signal of its own ends it.
  process.exit(exitCodeOfSignal(signal));
}
