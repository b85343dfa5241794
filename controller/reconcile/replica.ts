import type { CallsheetError } from '../diagnostics/errors.ts';
import type { Workspace } from '../workspace.ts';
import type { Crew } from './crew.ts';
import type { Leading } from './leading.ts';
import type { Session } from './session.ts';
import { Trouble } from './trouble.ts';
import { Worker, type WorkerOptions } from './worker.ts';

export interface ReplicaOptions extends Omit<WorkerOptions, 'crew'> {
  readonly leading: Leading;
  /** See `ControllerOptions.share`. */
  readonly share: ((workspace: Workspace, signal: AbortSignal) => Promise<Crew | undefined>) | undefined;
}

const PAUSE_MS = 5_000;

/** This process as one of those that share a library: it works where there is a crew to work in, and leads when nobody else does. */
export class Replica {
  private readonly options: ReplicaOptions;
  private crew: Crew | undefined;
  private hasJoined = false;
  private readonly trouble: Trouble;
  /** Ends the term and the work when the library has moved to another state. */
  private moved = new AbortController();

  constructor(options: ReplicaOptions) {
    this.options = options;
    this.trouble = new Trouble('the work cannot be shared yet', options);
  }

  /** The state is one that several replicas share, and this one takes part in the work, whoever leads. */
  get isShared(): boolean {
    return this.crew !== undefined;
  }

  /** Why this process neither leads nor works beside one that does: the state cannot be used. */
  get outage(): CallsheetError | undefined {
    return this.trouble.error ?? this.options.leading.outage;
  }

  /** The library keeps its state in another place now. */
  move(): void {
    this.moved.abort();
  }

  /** One term with a crew until the library moves; without one, one attempt at leading. */
  async serve(signal: AbortSignal, onBegin: (session: Session, term: AbortSignal) => void): Promise<void> {
    const { slot, leading } = this.options;
    this.moved = new AbortController();
    const either = AbortSignal.any([signal, this.moved.signal]);
    await slot.use(async (workspace) => {
      const crew = await this.join(workspace, either);
      if (either.aborted || !this.hasJoined) return;
      this.crew = crew;
      const working =
        crew === undefined ? Promise.resolve() : new Worker({ ...this.options, crew }).run(either);
      try {
        do await leading.attempt(workspace, crew, either, onBegin);
        while (crew !== undefined && !either.aborted);
      } finally {
        await working;
        this.crew = undefined;
        await crew?.[Symbol.asyncDispose]();
      }
    });
  }

  private async join(workspace: Workspace, signal: AbortSignal): Promise<Crew | undefined> {
    const { share, timer } = this.options;
    this.hasJoined = false;
    try {
      const crew = await share?.(workspace, signal);
      this.hasJoined = true;
      this.trouble.over();
      return crew;
    } catch (error) {
      if (signal.aborted) return undefined;
      // Tried again soon all the same: until then nobody works here.
      this.trouble.note(error);
      await timer.sleep(PAUSE_MS, signal).catch(() => undefined);
      return undefined;
    }
  }
}
