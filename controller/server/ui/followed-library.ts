import type { Readiness } from '../../reconcile/controller-ports.ts';
import { type SourceProblem, SpecFeed, type SpecFeedOptions } from '../../reconcile/spec-feed.ts';
import { WorkspaceSlot } from '../../reconcile/workspace-slot.ts';
import type { LoadedSpecs } from '../../spec/load-specs.ts';
import type { Workspace } from '../../workspace.ts';
import type { LibraryAccess } from '../server-context.ts';

export interface FollowOptions extends Pick<SpecFeedOptions, 'source' | 'timer' | 'random' | 'settleMs'> {
  /** Opens a library under specs that have been loaded and checked. It is closed here. */
  readonly open: (loaded: LoadedSpecs, signal: AbortSignal) => Promise<Workspace>;
  /** Tells when the source may have changed; for folders. */
  readonly watch?: (onChange: () => void) => AsyncDisposable;
}

/**
 * A library whose specs are followed while it is shown: new ones come into force when they can be used, else the last good ones stay and
 * `problems` says why. Dispose of it to close the library.
 */
export class FollowedLibrary implements LibraryAccess, AsyncDisposable {
  private readonly slot = new WorkspaceSlot();
  private readonly ended = new AbortController();
  private readonly options: FollowOptions;
  private readonly following: Promise<void>;
  private readonly watcher: AsyncDisposable | undefined;
  private problem: SourceProblem | undefined;
  private tell: (() => void) | undefined;

  /** @param first under the specs as they are now. */
  constructor(first: Workspace, options: FollowOptions) {
    this.options = options;
    this.slot.replace(first);
    const feed = new SpecFeed({
      ...options,
      clock: first.clock,
      intervalMs: () => this.slot.current.settings.intervalMs,
      onLoaded: (loaded) => this.take(loaded),
      onProblem: (problem) => {
        this.problem = problem;
        this.tell?.();
      },
    });
    this.following = feed.run(this.ended.signal);
    this.watcher = options.watch?.(() => void feed.poke());
  }

  use<Result>(work: (workspace: Workspace) => Promise<Result>): Promise<Result> {
    return this.slot.use(work);
  }

  /** Why the newest specs are not in force; empty when they are. */
  problems(): Readiness['reasons'] {
    const { problem } = this;
    return problem === undefined ? [] : [{ code: problem.reason, message: problem.message }];
  }

  /** Calls back when other specs have come into force, or cannot. */
  onChange(tell: () => void): void {
    this.tell = tell;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.ended.abort();
    await this.watcher?.[Symbol.asyncDispose]();
    await this.following;
    await this.slot[Symbol.asyncDispose]();
  }

  private async take(loaded: LoadedSpecs): Promise<void> {
    const isNew = this.slot.current.source.revision !== loaded.snapshot.revision.id;
    if (isNew) this.slot.replace(await this.options.open(loaded, this.ended.signal));
    if (!isNew && this.problem === undefined) return;
    this.problem = undefined;
    this.tell?.();
  }
}
