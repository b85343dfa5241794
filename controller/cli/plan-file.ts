import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { Plan } from '../plan/plan.ts';
import { parsePlan, planChunks } from '../plan/plan-file.ts';

/** Writes a plan where the user wants it, whole or not at all. @throws CallsheetError `read-only`, `storage-full` or `unavailable`. */
export async function writePlanFile(cwd: string, file: string, plan: Plan): Promise<string> {
  const path = resolve(cwd, file);
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await pipeline(planChunks(plan), createWriteStream(unfinished, { flush: true }));
    await rename(unfinished, path);
    return path;
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw writeError(error as NodeJS.ErrnoException, path);
  }
}

function writeError(error: NodeJS.ErrnoException, path: string): CallsheetError {
  const { code = '', message } = error;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  const kind = full
    ? 'storage-full'
    : ['EACCES', 'EPERM', 'EROFS'].includes(code)
      ? 'read-only'
      : 'unavailable';
  return new CallsheetError(kind, `cannot write the plan file ${path}: ${message}`, { cause: error });
}

/** The plan in a file, or undefined when `text` names none: then it is the id of a plan that was kept. */
export async function readPlanFile(cwd: string, text: string): Promise<Plan | undefined> {
  const path = resolve(cwd, text);
  if (!existsSync(path)) {
    if (!/[/\\]|\.json$/.test(text)) return undefined;
    throw new CallsheetError('not-found', `there is no plan file ${path}`);
  }
  try {
    return parsePlan(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof CallsheetError) throw error;
    throw new CallsheetError(
      'unavailable',
      `cannot read the plan file ${path}: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
