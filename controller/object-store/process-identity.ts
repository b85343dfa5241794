import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Which process holds something, written so that another process can tell whether it is still alive.
 *
 * A process id alone does not say: ids are used again, and a container has ids of its own. So it comes with the time at which the process
 * started and with the space in which the id means something.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** The machine, its boot and its process-id namespace, as 12 hexadecimal digits. Only within one of them can a process be looked up. */
  readonly space: string;
  /** Start time in the system's own ticks; `0` where the system does not tell. */
  readonly started: string;
}

/** `alive` and `dead` are certain; `unknown` is a process somewhere else. */
export type Liveness = 'alive' | 'dead' | 'unknown';

const SPACE = createHash('sha256')
  .update(`${hostname()} ${textOf('/proc/sys/kernel/random/boot_id')} ${linkOf('/proc/self/ns/pid')}`)
  .digest('hex')
  .slice(0, 12);

const THIS_PROCESS: ProcessIdentity = {
  pid: process.pid,
  space: SPACE,
  started: startOf(process.pid) ?? '0',
};

export function thisProcess(): ProcessIdentity {
  return THIS_PROCESS;
}

export function livenessOf(identity: ProcessIdentity): Liveness {
  if (identity.space !== SPACE) return 'unknown';
  if (!isRunning(identity.pid)) return 'dead';
  const started = startOf(identity.pid) ?? '0';
  return started === identity.started ? 'alive' : 'dead';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The 22nd field of /proc/PID/stat, counted behind the command's name, which may contain anything. A zombie counts as gone. */
function startOf(pid: number): string | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
