import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileObjectStore } from '../../controller/object-store/file-object-store.ts';
import { createLeases } from '../../controller/state-backend/leases.ts';
import { createObjectStoreState } from '../../controller/state-backend/object-store-state.ts';
import { createLedger } from '../../controller/state-backend/stored-ledger.ts';
import { codeOf } from './object-store-contract.ts';

let root: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(root, { recursive: true });
});

function startChild(...args: readonly string[]): ChildProcess {
  const script = join(import.meta.dirname, 'state-backend-child.ts');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [data] = await once(child.stdout!, 'data');
  return String(data).trim();
}

describe('state in a directory used by several processes', () => {
  const state = () => createObjectStoreState(createFileObjectStore({ root }));

  it('takes over the lease of a killed process at once, with a higher token', async () => {
    const leases = createLeases({ state: state() });
    const child = startChild('hold', root, 'actor-1');
    expect(await firstLine(child)).toBe('1');

    await expect(leases.acquire('actor-1')).rejects.toThrow(`process ${child.pid} on `);
    child.kill('SIGKILL');
    await once(child, 'exit');

    await using lease = await leases.acquire('actor-1');
    expect(lease.token).toBe(2);
  });

  it('does not take over the lease of a stopped process that may go on', async () => {
    const child = startChild('hold', root, 'actor-1');
    await firstLine(child);

    child.kill('SIGSTOP');

    expect(await codeOf(createLeases({ state: state() }).acquire('actor-1'))).toBe('lease-held');
  });

  it('shares one budget to the cent', async () => {
    const spenders = Array.from({ length: 3 }, (_, i) => startChild('spend', root, `run-${i}`, '12'));

    const allowed = await Promise.all(spenders.map(firstLine));

    expect(allowed.map(Number).reduce((sum, count) => sum + count)).toBe(25);
    const lines = await createLedger({ state: state() }).costs();
    const micros = lines.reduce((sum, line) => sum + Math.round((line.usd + line.openUsd) * 1e6), 0);
    expect(micros).toBe(2_500_000);
  });
});
