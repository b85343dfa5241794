import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadWeights, weightsFolder } from './weights.ts';

describe('the weights', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'callsheet-weights-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('are read from the installed package', async () => {
    const weights = await loadWeights();
    expect(weights.get('Conv1/kernel')?.shape).toEqual([3, 3, 3, 32]);
    expect(weights.get('dense_3/kernel')?.data.every(Number.isFinite)).toBe(true);
  });

  it('are refused when a file is missing, with what to do', async () => {
    const error = loadWeights(pathToFileURL(`${folder}/`));
    await expect(error).rejects.toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('npm ci'),
    });
  });

  it('are refused when a file is not the one the head was trained on, and never run', async () => {
    await copyFile(new URL('model.min.js', weightsFolder()), path.join(folder, 'model.min.js'));
    await writeFile(path.join(folder, 'group1-shard1of1.min.js'), 'globalThis.wasRun = true;');
    await expect(loadWeights(pathToFileURL(`${folder}/`))).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('SHA-256'),
    });
    expect(globalThis).not.toHaveProperty('wasRun');
  });
});
