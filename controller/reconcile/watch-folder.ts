import { type FSWatcher as EntryWatcher, watch as watchEntries } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** Several saves within this time are one change. Milliseconds. */
const QUIET_MS = 100;
/** What is written to without a pause keeps nothing from being noticed for longer. Milliseconds. */
const LONGEST_MS = 1_000;

/**
 * Tells when something below a folder changes, or the folder itself: another takes its place, a link on the way to it leads elsewhere, its
 * permissions change. What changed is for the reader to find out; editors' temporary files only cause a look that finds nothing new.
 */
export function watchFolder(folder: string, onChange: () => void): AsyncDisposable {
  return new WatchedFolder(resolve(folder), onChange);
}

class WatchedFolder implements AsyncDisposable {
  private readonly folder: string;
  private readonly onChange: () => void;
  private inside: FSWatcher | undefined;
  private way: EntryWatcher[] = [];
  private readonly closing = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  /** Of the first change that has not been told. */
  private sinceMs: number | undefined;
  /** What is watched may no longer be what the path leads to. */
  private hasMoved = false;

  constructor(folder: string, onChange: () => void) {
    this.folder = folder;
    this.onChange = onChange;
    this.open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.timer);
    this.close();
    await Promise.all(this.closing);
  }

  private open(): void {
    this.way = this.watchWay();
    this.inside = watch(this.folder, {
      ignoreInitial: true,
      ignored: (path) => /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/.test(path),
    });
    this.inside.on('all', () => this.notice());
    // What changed before it was being watched.
    this.inside.on('ready', () => this.notice());
    // A folder that cannot be watched (gone, out of watches) is still read at every interval.
    this.inside.on('error', () => undefined);
  }

  private close(): void {
    for (const watcher of this.way) watcher.close();
    const closed = this.inside?.close() ?? Promise.resolve();
    this.closing.add(closed);
    void closed.then(() => this.closing.delete(closed));
  }

  /** Each folder on the way, for the one entry of it that leads on. */
  private watchWay(): EntryWatcher[] {
    const watchers: EntryWatcher[] = [];
    for (let path = this.folder; dirname(path) !== path; path = dirname(path)) {
      const entry = basename(path);
      try {
        const watcher = watchEntries(dirname(path), { persistent: false }, (_, name) => {
          if (name !== entry) return;
          this.hasMoved = true;
          this.notice();
        });
        watcher.on('error', () => undefined);
        watchers.push(watcher);
      } catch {
        // Gone, or not ours to watch: one nearer to the root tells when it comes.
      }
    }
    return watchers;
  }

  private notice(): void {
    const nowMs = performance.now();
    this.sinceMs ??= nowMs;
    clearTimeout(this.timer);
    const leftMs = this.sinceMs + LONGEST_MS - nowMs;
    this.timer = setTimeout(() => this.tell(), Math.max(0, Math.min(QUIET_MS, leftMs)));
  }

  private tell(): void {
    this.sinceMs = undefined;
    if (this.hasMoved) {
      this.hasMoved = false;
      this.close();
      this.open();
    }
    this.onChange();
  }
}
