import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { livenessOf, thisProcess } from './process-identity.ts';

it('knows a living process, a dead one, another under the same number, and one that cannot be looked up', async () => {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');

  expect(livenessOf(thisProcess())).toBe('alive');
  expect(livenessOf({ ...thisProcess(), pid: child.pid ?? 0 })).toBe('dead');
  expect(livenessOf({ ...thisProcess(), started: '1' })).toBe('dead');
  expect(livenessOf({ ...thisProcess(), space: 'elsewhere' })).toBe('unknown');
});
