import type { Suspensions } from '../status/suspensions.ts';
import type { Workspace } from '../workspace.ts';

interface Occupant {
  readonly workspace: Workspace;
  users: number;
  isReplaced: boolean;
}

/** The workspace in force. One that was replaced is closed when nobody works with it any more. */
export class WorkspaceSlot implements AsyncDisposable {
  private occupant: Occupant | undefined;
  private suspensions: Suspensions | undefined;
  private readonly closing = new Set<Promise<void>>();

  /** Opened by the caller, closed by the slot. */
  replace(workspace: Workspace): void {
    const before = this.occupant;
    this.occupant = { workspace, users: 0, isReplaced: false };
    if (before === undefined) return;
    before.isReplaced = true;
    this.closeIfUnused(before);
  }

  /** The same adapters under another revision of the specs: nothing that they depend on has changed. */
  relabel(change: Pick<Workspace, 'specs' | 'source' | 'diagnostics'>): void {
    if (this.occupant === undefined) return;
    this.occupant = Object.assign(this.occupant, { workspace: { ...this.occupant.workspace, ...change } });
  }

  setSuspensions(suspensions: Suspensions): void {
    this.suspensions = suspensions;
  }

  get isOpen(): boolean {
    return this.occupant !== undefined;
  }

  /** For a look; work that takes time goes through `use`. */
  get current(): Workspace {
    if (this.occupant === undefined) throw new Error('no workspace has been opened yet');
    return this.view(this.occupant);
  }

  async use<T>(work: (workspace: Workspace) => Promise<T>): Promise<T> {
    const occupant = this.occupant;
    if (occupant === undefined) throw new Error('no workspace has been opened yet');
    occupant.users += 1;
    try {
      return await work(this.view(occupant));
    } finally {
      occupant.users -= 1;
      this.closeIfUnused(occupant);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const last = this.occupant;
    this.occupant = undefined;
    if (last !== undefined) {
      last.isReplaced = true;
      this.closeIfUnused(last);
    }
    await Promise.all(this.closing);
  }

  private view({ workspace }: Occupant): Workspace {
    return this.suspensions === undefined ? workspace : { ...workspace, suspensions: this.suspensions };
  }

  private closeIfUnused(occupant: Occupant): void {
    if (!occupant.isReplaced || occupant.users > 0) return;
    occupant.isReplaced = false;
    const closed = close(occupant.workspace);
    this.closing.add(closed);
    void closed.then(() => this.closing.delete(closed));
  }
}

/** What cannot be closed is no reason to stop. */
async function close(workspace: Workspace): Promise<void> {
  try {
    await workspace[Symbol.asyncDispose]();
  } catch {
    // Nothing of it is used any more.
  }
}
