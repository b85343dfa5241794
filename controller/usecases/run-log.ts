import type { ActorRun, RunRecord } from '../records/run-record.ts';
import { timeId } from '../runtime/ids.ts';
import { currentRun, inRun } from '../runtime/run-scope.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { Workspace } from '../workspace.ts';

/** A run's record is written again at most this often while it goes on: it grows with the actors. */
const SAVE_EVERY_MS = 2_000;

export function runPath(id: string): string {
  return `runs/${id}.json`;
}

/** Keeps a run's record in state, from its beginning to its end. */
export class RunLog {
  private readonly workspace: Workspace;
  private record: RunRecord;
  private readonly actors: ActorRun[] = [];
  private savedMs = 0;
  private saving: Promise<unknown> = Promise.resolve();

  private constructor(workspace: Workspace, record: RunRecord) {
    this.workspace = workspace;
    this.record = record;
  }

  static async open(
    workspace: Workspace,
    facts: Pick<RunRecord, 'kind' | 'estimateUsd'> &
      Partial<Pick<RunRecord, 'plan' | 'undoes' | 'revision' | 'note'>>,
  ): Promise<RunLog> {
    const { clock, random, who } = workspace;
    const record: RunRecord = {
      formatVersion: '1.0',
      id: currentRun()?.run ?? timeId('run', clock.now(), random),
      ...facts,
      by: who,
      startedAt: new Date(clock.now()).toISOString(),
      status: 'running',
      actors: [],
      costUsd: 0,
    };
    const log = new RunLog(workspace, record);
    await log.save();
    return log;
  }

  get id(): string {
    return this.record.id;
  }

  get kind(): RunRecord['kind'] {
    return this.record.kind;
  }

  get startedMs(): number {
    return Date.parse(this.record.startedAt);
  }

  /** Adds what came of an actor. The actor's own record is the durable one; this is written now and then. */
  add(run: ActorRun): void {
    this.actors.push(run);
    if (this.workspace.clock.now() - this.savedMs < SAVE_EVERY_MS) return;
    // A failed interim save is made good by the last one, which is not allowed to fail silently.
    this.saving = this.saving.then(() => this.save()).catch(() => {});
  }

  async finish(status: Exclude<RunRecord['status'], 'running'>): Promise<RunRecord> {
    await this.saving;
    this.record = { ...this.record, status, finishedAt: new Date(this.workspace.clock.now()).toISOString() };
    await this.save();
    return this.record;
  }

  private async save(): Promise<void> {
    this.savedMs = this.workspace.clock.now();
    const actors = [...this.actors].sort((a, b) => (a.actor < b.actor ? -1 : 1));
    this.record = { ...this.record, actors, costUsd: actors.reduce((sum, actor) => sum + actor.costUsd, 0) };
    await this.workspace.state.write(runPath(this.id), this.record);
  }
}

/** Every run, oldest first. */
export async function* readRuns(state: StateBackend, signal?: AbortSignal): AsyncGenerator<RunRecord> {
  for await (const path of state.list('runs/', signal)) {
    const stored = await state.read<RunRecord>(path, signal);
    if (stored !== undefined) yield stored.value;
  }
}

/**
 * Does work under one run, so that all the money it spends is counted together.
 *
 * @param work told the run's id, which a record opened in it will have.
 */
export function underRun<T>({ clock, random }: Workspace, work: (run: string) => Promise<T>): Promise<T> {
  const begin = () => ({ run: timeId('run', clock.now(), random), startedMs: clock.now() });
  return inRun(begin, () => work(currentRun()!.run));
}
