import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isCallsheetError } from '../diagnostics/errors.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

/** `controller.json`: where the controller that leads can be talked to. Holds no secret: state may be a bucket that many read. */
export interface ControllerFile {
  readonly formatVersion: '1.0';
  readonly url: string;
  /** Machine and process, for people and for telling one's own. */
  readonly host: string;
  readonly pid: number;
  /** RFC 3339. */
  readonly since: string;
}

const PATH = 'controller.json';

export async function announceController(state: StateBackend, file: ControllerFile): Promise<void> {
  await state.write(PATH, file);
}

/** Takes the announcement back, unless another controller has made its own meanwhile. */
export async function withdrawController(state: StateBackend, { host, pid }: ControllerFile): Promise<void> {
  const stored = await state.read<ControllerFile>(PATH);
  if (stored === undefined || stored.value.host !== host || stored.value.pid !== pid) return;
  try {
    await state.remove(PATH, { version: stored.version });
  } catch (error) {
    if (!isCallsheetError(error, 'precondition-failed', 'not-found')) throw error;
  }
}

export async function readControllerFile(
  state: StateBackend,
  signal?: AbortSignal,
): Promise<ControllerFile | undefined> {
  return (await state.read<ControllerFile>(PATH, signal))?.value;
}

/**
 * Where the token for commands of the same user on the same machine lies: in the user's runtime folder, not in state, which may be shared.
 *
 * @param env of which `XDG_RUNTIME_DIR`, `XDG_STATE_HOME` and `HOME` count.
 */
export function tokenPath(stateUrl: string, env: Readonly<Record<string, string | undefined>>): string {
  const home = env.HOME ?? env.USERPROFILE ?? '.';
  const base = env.XDG_RUNTIME_DIR || env.XDG_STATE_HOME || join(home, '.local/state');
  const name = createHash('sha256').update(stateUrl).digest('hex').slice(0, 16);
  return join(base, 'callsheet', `${name}.token`);
}

/** Keeps the token where only this user can read it. */
export async function writeToken(path: string, token: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // A file of an earlier controller keeps its mode when it is written again.
  await rm(path, { force: true });
  await writeFile(path, token, { mode: 0o600, flag: 'wx' });
  await chmod(path, 0o600);
}

/** Undefined when there is none that this user can read. */
export async function readToken(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim() || undefined;
  } catch {
    return undefined;
  }
}

export async function removeToken(path: string): Promise<void> {
  await rm(path, { force: true });
}
