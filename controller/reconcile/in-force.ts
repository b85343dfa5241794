import { isCallsheetError } from '../diagnostics/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import { digestOf } from '../spec/canonical.ts';
import type { LoadedSpecs } from '../spec/load-specs.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { requireUsableState } from '../usecases/require-usable.ts';
import type { Workspace } from '../workspace.ts';
import { fetchSpecs, publishSpecs, revisionInForce } from './published-specs.ts';
import { WorkspaceSlot } from './workspace-slot.ts';

export interface InForceOptions {
  /** Opens a library under specs that have been loaded and checked. It is closed here. */
  readonly open: (loaded: LoadedSpecs, signal: AbortSignal) => Promise<Workspace>;
  /** A library has been opened and is in force. Must not reject. */
  readonly onOpened?: (workspace: Workspace) => Promise<void>;
  readonly clock: Clock;
  /** A revision has come into force in this process. */
  readonly onTaken: (taken: TakenRevision) => Promise<void>;
}

export interface TakenRevision {
  readonly loaded: LoadedSpecs;
  readonly previous: string | undefined;
  /** It may mean something else for actors. */
  readonly replan: boolean;
  /** The library has other settings, be it only of what work may cost. */
  readonly isRetuned: boolean;
  /** The library keeps its state in another place than before. */
  readonly hasMoved: boolean;
}

/** The revision that this process works under, and the library opened under it. */
export class InForce implements AsyncDisposable {
  readonly slot = new WorkspaceSlot();
  private readonly options: InForceOptions;
  private loaded: LoadedSpecs | undefined;
  /** A revision has come into force, but not everybody could be told; it is told again with the next look at the source. */
  private untold: TakenRevision | undefined;
  /** Revisions come into force one after the other. */
  private tail: Promise<unknown> = Promise.resolve();

  constructor(options: InForceOptions) {
    this.options = options;
  }

  /** Takes a revision into force, unless it is. @throws CallsheetError when the library cannot be opened under it, or its state not used; then nothing changes. */
  take(loaded: LoadedSpecs, signal: AbortSignal): Promise<void> {
    const result = this.tail.then(() => this.replace(loaded, signal));
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** Tells the other replicas to work under the revision that this process has. */
  async publish(state: StateBackend): Promise<void> {
    if (this.loaded !== undefined) await publishSpecs(state, this.loaded);
  }

  /**
   * Brings this process to the revision that the leader has published. False while there is none, or it cannot be had.
   *
   * @param own the newest revision of this process's own source: often it is the same, and saves fetching it.
   */
  async follow(own: LoadedSpecs | undefined, signal: AbortSignal): Promise<boolean> {
    const { state, layout, source } = this.slot.current;
    const wanted = await revisionInForce(state, signal);
    if (wanted === undefined || wanted === source.revision) return wanted !== undefined;
    const isOwn = own?.snapshot.revision.id === wanted;
    const loaded = isOwn ? own : await fetchSpecs(state, layout.root, this.options.clock.now(), signal);
    if (loaded?.snapshot.revision.id !== wanted) return false;
    await this.take(loaded, signal);
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tail;
    await this.slot[Symbol.asyncDispose]();
  }

  private async replace(loaded: LoadedSpecs, signal: AbortSignal): Promise<void> {
    const before = this.slot.isOpen ? this.slot.current : undefined;
    const specs = loaded.specs!;
    const { id } = loaded.snapshot.revision;
    if (before?.source.revision === id) return await this.tell();
    const sameWork = before !== undefined && before.specs.digest === specs.digest;
    let hasMoved = false;
    const sameSettings = before !== undefined && digestOf(before.specs.library) === digestOf(specs.library);
    if (sameWork && sameSettings) {
      const source = { ...before.source, revision: id };
      this.slot.relabel({ specs, diagnostics: loaded.diagnostics, source });
    } else {
      const workspace = await this.openUsable(loaded, before?.state.url, signal);
      hasMoved = before !== undefined && before.state.url !== workspace.state.url;
      this.slot.replace(workspace);
      await this.options.onOpened?.(workspace);
    }
    this.loaded = loaded;
    const late = this.untold;
    this.untold = {
      loaded,
      previous: late === undefined ? before?.source.revision : late.previous,
      replan: !sameWork || late?.replan === true,
      isRetuned: !sameSettings || late?.isRetuned === true,
      hasMoved: hasMoved || late?.hasMoved === true,
    };
    await this.tell();
  }

  /**
   * Some backends touch their place only when they are used: one that cannot be must not take the place of one that is at work, nor of
   * one that was before this process began. But a disk that is full is waited for where state is, by one that begins as by one that is at work.
   *
   * @param atWork where state is now.
   */
  private async openUsable(
    loaded: LoadedSpecs,
    atWork: string | undefined,
    signal: AbortSignal,
  ): Promise<Workspace> {
    const workspace = await this.options.open(loaded, signal);
    if (workspace.state.url === atWork) return workspace;
    try {
      await requireUsableState(workspace, signal);
    } catch (error) {
      if (atWork === undefined && isCallsheetError(error, 'storage-full')) return workspace;
      await workspace[Symbol.asyncDispose]();
      throw error;
    }
    return workspace;
  }

  private async tell(): Promise<void> {
    if (this.untold === undefined) return;
    await this.options.onTaken(this.untold);
    this.untold = undefined;
  }
}
