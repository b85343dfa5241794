import { AsyncLocalStorage } from 'node:async_hooks';

/** The run that the current work belongs to, for whoever counts money. */
export interface RunScope {
  readonly run: string;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
}

const scope = new AsyncLocalStorage<RunScope>();

/** Does work under a run. Work that is already under one stays there, so that planning and applying in one go share a budget. */
export function inRun<T>(run: () => RunScope, work: () => Promise<T>): Promise<T> {
  return scope.getStore() === undefined ? scope.run(run(), work) : work();
}

export function currentRun(): RunScope | undefined {
  return scope.getStore();
}
