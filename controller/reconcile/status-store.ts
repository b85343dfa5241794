import pMap from 'p-map';
import { type CallsheetError, isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { Condition } from '../status/condition.ts';
import {
  type ActorStatusDocument,
  actorStatusPath,
  emptyActorStatus,
  LIBRARY_STATUS_PATH,
  type LibraryStatusDocument,
} from '../status/status-document.ts';
import type { ConditionCount, UntimedEvent } from './controller-ports.ts';
import { type Teller, Trouble } from './trouble.ts';

const READS_AT_ONCE = 32;
const WRITES_AT_ONCE = 8;

/**
 * The status of every actor and of the library: held in memory, told as events when a condition changes, and written to state behind
 * the work, only where something has changed. Only the controller that leads writes them.
 */
export class StatusStore {
  private readonly state: StateBackend;
  private readonly emit: (event: UntimedEvent) => void;
  private readonly trouble: Trouble;
  private readonly assertLeads: () => void;
  private readonly documents = new Map<string, ActorStatusDocument>();
  private readonly dirty = new Map<string, unknown>();
  private libraryDocument: LibraryStatusDocument | undefined;
  private flushing: Promise<void> | undefined;
  /** The last write did not work; the next look at state tries again. */
  private hasFailed = false;
  private changes = 0;

  /** @param assertLeads see `Leading.assertLeads`: another leader has written by now how things stand. */
  constructor(state: StateBackend, teller: Teller, assertLeads: () => void) {
    this.state = state;
    this.emit = teller.emit;
    this.trouble = new Trouble('the status could not be written', teller);
    this.assertLeads = assertLeads;
  }

  /** Reads what an earlier controller has left. A document that is broken is made anew; one that is out of reach is not taken for absent. */
  async load(signal?: AbortSignal): Promise<void> {
    const paths: string[] = [];
    for await (const path of this.state.list('status/', signal)) if (path.endsWith('.json')) paths.push(path);
    await pMap(
      paths,
      async (path) => {
        const stored = await this.state
          .read<ActorStatusDocument & LibraryStatusDocument>(path, signal)
          .catch((error: unknown) => {
            if (!isCallsheetError(error, 'corrupt')) throw error;
            return undefined;
          });
        if (stored?.value.formatVersion?.split('.')[0] !== '1') return;
        if (path === LIBRARY_STATUS_PATH) this.libraryDocument = stored.value;
        else this.documents.set(stored.value.actor, stored.value);
      },
      { concurrency: READS_AT_ONCE },
    );
  }

  get(actor: string): ActorStatusDocument {
    return this.documents.get(actor) ?? emptyActorStatus(actor);
  }

  find(actor: string): ActorStatusDocument | undefined {
    return this.documents.get(actor);
  }

  all(): ActorStatusDocument[] {
    return [...this.documents.values()].sort((a, b) => (a.actor < b.actor ? -1 : 1));
  }

  library(): LibraryStatusDocument | undefined {
    return this.libraryDocument;
  }

  /** Keeps an actor's status; the same object as before is no change. */
  set(document: ActorStatusDocument): void {
    const before = this.documents.get(document.actor);
    if (before === document) return;
    this.documents.set(document.actor, document);
    this.changes += 1;
    this.dirty.set(actorStatusPath(document.actor), document);
    const about = { actor: document.actor, actorType: document.actorType };
    this.tell(document.conditions, before?.conditions ?? [], about, document.lastAttemptedRevision);
    void this.flush();
  }

  setLibrary(document: LibraryStatusDocument): void {
    const before = this.libraryDocument;
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(document)) return;
    this.libraryDocument = document;
    this.dirty.set(LIBRARY_STATUS_PATH, document);
    this.tell(document.conditions, before?.conditions ?? [], {}, document.revision);
    const { lastAppliedRevision: revision } = document;
    if (revision !== undefined && revision !== before?.lastAppliedRevision)
      this.emit({ type: 'revision-applied', revision });
    void this.flush();
  }

  /** Forgets actors that are not there any more. */
  keepOnly(actors: ReadonlySet<string>): void {
    for (const actor of [...this.documents.keys()]) {
      if (actors.has(actor)) continue;
      this.documents.delete(actor);
      this.changes += 1;
      this.dirty.set(actorStatusPath(actor), undefined);
      this.emit({ type: 'actor-gone', actor });
    }
    void this.flush();
  }

  /** Grows with every change of an actor's status. */
  get version(): number {
    return this.changes;
  }

  counts(): ConditionCount[] {
    const counts = new Map<
      string,
      { type: Condition['type']; status: Condition['status']; reason: string; actors: number }
    >();
    for (const { conditions } of this.documents.values()) {
      for (const { type, status, reason } of conditions) {
        const key = `${type} ${status} ${reason}`;
        const count = counts.get(key) ?? { type, status, reason, actors: 0 };
        count.actors += 1;
        counts.set(key, count);
      }
    }
    return [...counts.values()];
  }

  /** Whether nothing is being written, and nothing waits to be but for a disk that has refused it. */
  get isWritten(): boolean {
    return this.flushing === undefined && (this.dirty.size === 0 || this.hasFailed);
  }

  /** Resolves when everything that was set is written, or could not be and waits for the next time. */
  async flush(): Promise<void> {
    if (this.dirty.size > 0) this.flushing ??= this.writeAll();
    await this.flushing;
  }

  private async writeAll(): Promise<void> {
    let first: CallsheetError | undefined;
    do {
      // Sets that follow each other at once are written together.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = [...this.dirty];
      this.dirty.clear();
      const errors = await pMap(batch, ([path, document]) => this.writeOne(path, document), {
        concurrency: WRITES_AT_ONCE,
      });
      first = errors.find((error) => error !== undefined);
    } while (this.dirty.size > 0 && first === undefined);
    this.hasFailed = first !== undefined;
    this.flushing = undefined;
    if (first === undefined) this.trouble.over();
    else this.trouble.note(first);
  }

  private async writeOne(path: string, document: unknown): Promise<CallsheetError | undefined> {
    try {
      this.assertLeads();
      if (document === undefined) await this.state.remove(path);
      else await this.state.write(path, document);
      return undefined;
    } catch (error) {
      // It stays in memory; a newer version may have come meanwhile.
      if (!this.dirty.has(path)) this.dirty.set(path, document);
      return toCallsheetError(error);
    }
  }

  private tell(
    now: readonly Condition[],
    before: readonly Condition[],
    about: { readonly actor?: string; readonly actorType?: string },
    revision: string | undefined,
  ): void {
    const actor = about.actor === undefined ? {} : { actor: about.actor };
    for (const condition of now) {
      const earlier = before.find(({ type }) => type === condition.type);
      if (earlier?.status === condition.status && earlier.reason === condition.reason) continue;
      this.emit({
        type: 'condition-changed',
        ...about,
        condition,
        ...(earlier === undefined ? {} : { previous: { status: earlier.status, reason: earlier.reason } }),
        ...(revision === undefined ? {} : { revision }),
      });
    }
    for (const condition of before) {
      if (!now.some(({ type }) => type === condition.type))
        this.emit({ type: 'condition-removed', ...actor, condition });
    }
  }
}
