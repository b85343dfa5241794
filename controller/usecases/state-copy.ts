import { createHash } from 'node:crypto';
import pMap from 'p-map';
import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import type { LeaseDocument } from '../state-backend/lease.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

export interface StateCopying {
  readonly from: StateBackend;
  readonly to: StateBackend;
  readonly clock: Clock;
  /** Goes on although somebody holds a lease in the source. */
  readonly force?: boolean;
  /** Called after each document and picture, in two passes. */
  readonly onProgress?: (pass: 'copied' | 'compared', done: number) => void;
}

export interface CopyReport {
  readonly from: string;
  readonly to: string;
  /** Documents and pictures in the source. */
  readonly total: number;
  /** Of those, in the target already when an interrupted copy was taken up again. */
  readonly already: number;
  /** SHA-256 over all names and contents, in any order; the same for both sides. */
  readonly digest: string;
}

/** Marks a target that is not complete yet. */
interface CopyMarker {
  readonly formatVersion: '1.0';
  readonly from: string;
  /** RFC 3339. */
  readonly startedAt: string;
}

/** A document or a picture, as it is carried over. */
type Content =
  | { readonly kind: 'document'; readonly value: unknown }
  | { readonly kind: 'blob'; readonly bytes: Uint8Array };

const MARKER = 'copy-in-progress.json';
const LEASES = 'leases/';
/** Lies in the folder `state/` of a repository to say what that is. */
const NOT_STATE = new Set(['README.md', MARKER]);
const CONCURRENCY = 16;
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
};

/**
 * Copies all state to another place, then reads both sides and compares them. A copy that was cut off is taken up again by the same
 * call. Leases are carried over as free: their tokens have to go on counting, because journals hold them, but nobody has them there.
 *
 * @throws CallsheetError `lease-held` (somebody is at work in the source), `invalid-input` (the target holds something else),
 *   `stale` (the two are not the same, because the source changed meanwhile).
 */
export async function copyState(copying: StateCopying, signal?: AbortSignal): Promise<CopyReport> {
  const { from, to, force = false } = copying;
  if (from.url === to.url)
    throw new CallsheetError('invalid-input', `${from.url} cannot be copied to itself`);
  if (!force) await refuseHeldLeases(copying, signal);
  const isResumed = await claimTarget(copying, signal);
  const already = await carryAll(copying, isResumed, signal);
  if (isResumed) await removeExtras(copying, signal);
  if (!force) await refuseHeldLeases(copying, signal);
  const compared = await compareAll(copying, signal);
  await to.remove(MARKER, undefined, signal);
  return { from: from.url, to: to.url, already, ...compared };
}

/** Returns how much the target had already. */
async function carryAll(copying: StateCopying, isResumed: boolean, signal?: AbortSignal): Promise<number> {
  const { from, to, onProgress } = copying;
  let done = 0;
  let already = 0;
  await eachPath(from, signal, async (path) => {
    const content = await readSource(from, path, signal);
    if (content === undefined) return;
    if (isResumed && isSame(content, await read(to, path, signal))) already += 1;
    else if (content.kind === 'document') await to.write(path, content.value, undefined, signal);
    else await to.writeBlob(path, content.bytes, contentTypeOf(path), signal);
    done += 1;
    onProgress?.('copied', done);
  });
  return already;
}

/** What an earlier attempt has copied and the source has lost since. */
async function removeExtras({ from, to }: StateCopying, signal?: AbortSignal): Promise<void> {
  await eachPath(to, signal, async (path) => {
    if ((await read(from, path, signal)) === undefined) await to.remove(path, undefined, signal);
  });
}

async function compareAll(
  { from, to, onProgress }: StateCopying,
  signal?: AbortSignal,
): Promise<{ total: number; digest: string }> {
  const digest = Buffer.alloc(32);
  let total = 0;
  await eachPath(from, signal, async (path) => {
    const content = await readSource(from, path, signal);
    if (content === undefined || !isSame(content, await read(to, path, signal)))
      throw different(from, to, path);
    addTo(digest, path, content);
    total += 1;
    onProgress?.('compared', total);
  });
  let inTarget = 0;
  for await (const _path of pathsOf(to, signal)) inTarget += 1;
  if (inTarget !== total) throw different(from, to, `a list of ${total} documents`);
  return { total, digest: digest.toString('hex') };
}

async function eachPath(
  state: StateBackend,
  signal: AbortSignal | undefined,
  use: (path: string) => Promise<void>,
): Promise<void> {
  await pMap(pathsOf(state, signal), use, {
    concurrency: CONCURRENCY,
    ...(signal === undefined ? {} : { signal }),
  });
}

async function refuseHeldLeases({ from, clock }: StateCopying, signal?: AbortSignal): Promise<void> {
  for await (const path of from.list(LEASES, signal)) {
    const stored = await from.read<LeaseDocument>(path, signal);
    const { holder, expiresAt = '', name = path } = stored?.value ?? {};
    if (holder === undefined || Date.parse(expiresAt) < clock.now()) continue;
    const who = `"${holder.command}" (process ${holder.pid} on ${holder.host})`;
    throw new CallsheetError(
      'lease-held',
      `${name} is in the hands of ${who}; what it writes from now on would be missing.`,
      {
        hint: 'Stop every Callsheet that works on this library, then copy. With --force it is copied as it is now.',
      },
    );
  }
}

/** Makes sure that only this copy writes to the target. Returns whether it was begun before. */
async function claimTarget({ from, to, clock }: StateCopying, signal?: AbortSignal): Promise<boolean> {
  const marker: CopyMarker = {
    formatVersion: '1.0',
    from: from.url,
    startedAt: new Date(clock.now()).toISOString(),
  };
  const found = await to.read<CopyMarker>(MARKER, signal);
  if (found?.value.from === from.url) return true;
  if (found !== undefined) {
    throw new CallsheetError('invalid-input', `${to.url} holds an unfinished copy of ${found.value.from}`, {
      hint: 'Finish that one, or choose a target that is empty.',
    });
  }
  for await (const path of pathsOf(to, signal)) {
    throw new CallsheetError('invalid-input', `${to.url} is not empty: it holds ${path}`, {
      hint: 'Choose a target that is empty. State is never merged.',
    });
  }
  await to.write(MARKER, marker, 'absent', signal);
  return false;
}

async function* pathsOf(state: StateBackend, signal?: AbortSignal): AsyncGenerator<string> {
  for await (const path of state.list('', signal)) if (!NOT_STATE.has(path)) yield path;
}

/** What is to be carried over; undefined when it is no longer there. */
async function readSource(
  from: StateBackend,
  path: string,
  signal?: AbortSignal,
): Promise<Content | undefined> {
  const content = await read(from, path, signal);
  if (content?.kind !== 'document' || !path.startsWith(LEASES)) return content;
  const { holder: _nobody, ...free } = content.value as LeaseDocument;
  return { kind: 'document', value: free };
}

/** A document as its value, for each backend writes JSON in its own way; what is none, or is broken, byte for byte. */
async function read(state: StateBackend, path: string, signal?: AbortSignal): Promise<Content | undefined> {
  if (path.endsWith('.json')) {
    try {
      const stored = await state.read<unknown>(path, signal);
      return stored === undefined ? undefined : { kind: 'document', value: stored.value };
    } catch (error) {
      if (!isCallsheetError(error, 'corrupt')) throw error;
    }
  }
  const bytes = await state.readBlob(path, signal);
  return bytes === undefined ? undefined : { kind: 'blob', bytes };
}

function isSame(a: Content, b: Content | undefined): boolean {
  return b !== undefined && a.kind === b.kind && digestOf(a).equals(digestOf(b));
}

/** The order of keys counts: manifest entries are kept in it. */
function digestOf(content: Content): Buffer {
  const bytes = content.kind === 'document' ? JSON.stringify(content.value) : content.bytes;
  return createHash('sha256').update(content.kind).update(bytes).digest();
}

function addTo(sum: Buffer, path: string, content: Content): void {
  const digest = createHash('sha256').update(path).update('\0').update(digestOf(content)).digest();
  for (let i = 0; i < sum.length; i += 1) sum[i] = sum[i]! ^ digest[i]!;
}

function different(from: StateBackend, to: StateBackend, what: string): CallsheetError {
  return new CallsheetError(
    'stale',
    `${what} is not in ${to.url} as it is in ${from.url}: it changed while it was copied`,
    {
      hint: 'Stop every Callsheet that works on this library, and run the copy again: it goes on where it stopped.',
    },
  );
}

function contentTypeOf(path: string): string {
  return CONTENT_TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
