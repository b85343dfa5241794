import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadSpecs } from '../spec/load-specs.ts';
import { openSpecSource } from '../wire-specs.ts';
import { initLibrary } from './init-library.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-init-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function write(path: string, value: unknown): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), typeof value === 'string' ? value : JSON.stringify(value));
}

async function studio(): Promise<void> {
  for (const [id, type] of [
    ['0001', 'lead'],
    ['0042', 'lead'],
    ['0107', 'extra\n#'],
  ] as const) {
    await write(`data/actor_manifests/${id}.json`, { actor_id: id, type });
    const images = [
      `https://studio.s3.eu-west-1.amazonaws.com/sets/${id}/training/a.jpg`,
      { s3_url: `s3://studio/sets/${id}/training/b.jpg` },
      { s3_url: 's3://archive/old/c.jpg' },
    ];
    await write(`data/actors/${id}/training_data/manifest.json`, { actor_id: id, images });
  }
}

/** The spec of a document that was written. */
async function specOf(file: string): Promise<Record<string, unknown>> {
  return (parse(await readFile(join(root, 'specs', file), 'utf8')) as { spec: Record<string, unknown> }).spec;
}

async function problems(): Promise<string[]> {
  const { diagnostics } = await loadSpecs(openSpecSource(join(root, 'specs')), {
    nowMs: Date.UTC(2026, 10, 22),
  });
  return diagnostics.map(({ code, detail }) => `${code}: ${detail}`);
}

describe('initLibrary', () => {
  it('writes specs that are valid, for a library yet to come', async () => {
    const { survey } = await initLibrary({ specs: join(root, 'specs'), root, force: false });
    expect(survey).toBeUndefined();
    expect(await problems()).toEqual([]);
    expect(await specOf('library.yaml')).toMatchObject({
      images: 'file:data/actors/{actor}/training_data/images/',
    });
  });

  it('finds the bucket, the prefix and the types of the folders that the scripts left', async () => {
    await studio();
    const { survey, needsRoot } = await initLibrary({
      specs: join(root, 'specs'),
      root,
      from: root,
      force: false,
    });

    expect(survey).toMatchObject({ actors: 3, images: 9, withoutActorManifest: 0, problems: [] });
    expect(needsRoot).toBeUndefined();
    expect(await specOf('library.yaml')).toMatchObject({
      actors: 'file:data/actor_manifests/{actor}.json',
      manifests: 'file:data/actors/{actor}/training_data/manifest.json',
      images: 's3://studio/sets/{actor}/training/',
    });
    expect(await readFile(join(root, 'specs/library.yaml'), 'utf8')).toContain(
      '# 3 of the 9 images are at s3://archive/old/',
    );
    expect(await readFile(join(root, 'specs/distribution.yaml'), 'utf8')).toContain('#   lead (2 actors)');
    expect(await problems()).toEqual([]);
  });

  it('describes a library elsewhere by absolute URLs, and says when its manifests need --root', async () => {
    await write('studio one/data/actors/7/training_data/manifest.json', {
      images: ['data/actors/7/training_data/images/a.jpg'],
    });
    const from = join(root, 'studio one');
    const { survey, needsRoot } = await initLibrary({
      specs: join(root, 'specs'),
      root: join(root, 'other'),
      from,
      force: false,
    });
    expect(needsRoot).toBe(from);
    expect(survey).toMatchObject({ actors: 1, withoutActorManifest: 1 });
    expect((await specOf('library.yaml')).images).toBe(
      `file://${root}/studio%20one/data/actors/{actor}/training_data/images/`,
    );
  });

  it('goes on past a manifest that cannot be read, and names it', async () => {
    await studio();
    await write('data/actors/0042/training_data/manifest.json', '{"images": [');
    const { survey } = await initLibrary({ specs: join(root, 'specs'), root, from: root, force: false });
    expect(survey?.problems).toEqual([
      expect.stringContaining('data/actors/0042/training_data/manifest.json:1:13'),
    ]);
    expect(survey?.images).toBe(6);
  });

  it('overwrites nothing without force, and writes nothing then', async () => {
    await write('specs/distribution.yaml', 'mine');
    const request = { specs: join(root, 'specs'), root, force: false };
    await expect(initLibrary(request)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('exists already'),
    });
    await expect(readFile(join(root, 'specs/library.yaml'))).rejects.toMatchObject({ code: 'ENOENT' });
    await initLibrary({ ...request, force: true });
    expect(await problems()).toEqual([]);
  });

  it('refuses a folder that holds no library', async () => {
    await expect(
      initLibrary({ specs: join(root, 'specs'), root, from: root, force: false }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});
