import { AsyncLocalStorage } from 'node:async_hooks';
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** What the disk still does for one process. */
export interface DiskLife {
  /** Nothing more can be written; what is there can be read, renamed and removed. A write that is cut off leaves its first half behind. */
  isFull: boolean;
  /** As after SIGKILL: nothing that the process does reaches the disk any more. */
  isDead: boolean;
  /** Changes to the disk until it dies. */
  changesLeft: number;
}

// biome-ignore lint/suspicious/noExplicitAny: functions of `node:fs`, whatever they take
type AnyFunction = (...args: any[]) => any;

const SYNC_WRITES = ['mkdirSync', 'openSync', 'writeFileSync', 'renameSync', 'unlinkSync', 'rmdirSync'];
const ASYNC_WRITES = ['mkdir', 'open', 'writeFile', 'copyFile', 'rename', 'unlink', 'rm', 'utimes'];
/** These take room; the others make some, or change names only. */
const NEEDS_ROOM = new Set([
  'mkdirSync',
  'openSync',
  'writeFileSync',
  'mkdir',
  'open',
  'writeFile',
  'copyFile',
]);

/**
 * Puts faults where the program meets the disk, at the functions of `node:fs`, for the code that runs under a life and for nothing else: so
 * a test can fill the disk of a controller, or kill it between any two changes, and go on itself.
 */
export class DoomedDisk implements Disposable {
  private readonly lives = new AsyncLocalStorage<DiskLife>();
  private readonly originals = new Map<Record<string, AnyFunction>, Map<string, AnyFunction>>();

  constructor() {
    this.wrap(fs as unknown as Record<string, AnyFunction>, SYNC_WRITES);
    this.wrap(fs.promises as unknown as Record<string, AnyFunction>, ASYNC_WRITES);
    syncBuiltinESMExports();
  }

  run<T>(life: DiskLife, work: () => T): T {
    return this.lives.run(life, work);
  }

  /** The life that the calling code runs under. */
  current(): DiskLife | undefined {
    return this.lives.getStore();
  }

  [Symbol.dispose](): void {
    for (const [module, functions] of this.originals) Object.assign(module, Object.fromEntries(functions));
    syncBuiltinESMExports();
  }

  private wrap(module: Record<string, AnyFunction>, names: readonly string[]): void {
    const originals = new Map(names.map((name) => [name, module[name]!]));
    this.originals.set(module, originals);
    for (const [name, original] of originals) {
      const isSync = name.endsWith('Sync');
      module[name] = (...args) => {
        const life = this.lives.getStore();
        if (life === undefined || isRead(name, args)) return original.apply(module, args);
        try {
          spend(life);
          if (life.isFull && NEEDS_ROOM.has(name)) return noRoom(name, original, args);
          return original.apply(module, args);
        } catch (error) {
          if (isSync) throw error;
          return Promise.reject(error);
        }
      };
    }
  }
}

function isRead(name: string, [, flags]: readonly unknown[]): boolean {
  if (name !== 'open' && name !== 'openSync') return false;
  const writing = fs.constants.O_WRONLY | fs.constants.O_RDWR | fs.constants.O_CREAT;
  return typeof flags === 'number' ? (flags & writing) === 0 : flags === undefined || flags === 'r';
}

function spend(life: DiskLife): void {
  life.changesLeft -= 1;
  if (life.changesLeft < 0) life.isDead = true;
  if (life.isDead) throw systemError('EIO', 'the process is dead');
}

/** A file can still be made: what does not fit is what is in it. */
function noRoom(name: string, original: AnyFunction, args: readonly unknown[]): unknown {
  if (name === 'open') return (original(...args) as Promise<FileHandle>).then(withoutRoom);
  if (name === 'writeFile') {
    const [path, bytes, options] = args as [string, Uint8Array | string, unknown];
    return (original(path, bytes.slice(0, bytes.length / 2), options) as Promise<void>).then(throwFull);
  }
  throwFull();
  return undefined;
}

function withoutRoom(handle: FileHandle): FileHandle {
  const write = handle.writeFile.bind(handle);
  handle.writeFile = async (data, options) => {
    if (data instanceof Uint8Array) await write(data.subarray(0, data.length / 2), options);
    throwFull();
  };
  return handle;
}

function throwFull(): never {
  throw systemError('ENOSPC', 'no space left on device');
}

function systemError(code: 'ENOSPC' | 'EIO', message: string): Error {
  return Object.assign(new Error(`${code}: ${message}`), {
    code,
    errno: code === 'EIO' ? -5 : -28,
    syscall: 'write',
  });
}
