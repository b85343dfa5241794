// A first plan: every picture is read, decoded and evaluated, records, thumbnails and contact sheets are written.
//
//   node tests/bench/full-evaluation.ts [actors ...] [--local]      default: 50 200
//
// The baseline reads every picture, takes its digest, decodes it whole and scales it to a thumbnail, sixteen at a time as the program does.
// The evaluator tells colours, so that what is measured is all but the judgement; with --local it is the local network.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pMap from 'p-map';
import sharp from 'sharp';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { openWorkspace } from '../../controller/wire.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { child, measure, ratio, table } from './measure.ts';
import { freshLibrary, IMAGES } from './scale-library.ts';

const [command, ...rest] = process.argv.slice(2);
if (command === '--plan') await measure(() => plan(rest[0]!, rest[1] === '--local'));
else if (command === '--baseline') await measure(() => baseline(rest[0]!));
else await compare([command, ...rest].filter((value) => value !== undefined));

async function compare(args: readonly string[]): Promise<void> {
  const evaluator = args.includes('--local') ? '--local' : '--colour';
  const sizes = args.filter((value) => !value.startsWith('--')).map(Number);
  const rows = [];
  for (const actors of sizes.length > 0 ? sizes : [50, 200]) {
    await using library = await freshLibrary(actors);
    const floor = await child(import.meta.filename, '--baseline', library.root);
    const first = await child(import.meta.filename, '--plan', library.root, evaluator);
    const images = actors * IMAGES;
    rows.push({
      actors,
      images,
      'baseline s': Number((floor.ms / 1000).toFixed(1)),
      'baseline CPU s': Number((floor.cpuMs / 1000).toFixed(1)),
      'plan s': Number((first.ms / 1000).toFixed(1)),
      'plan CPU s': Number((first.cpuMs / 1000).toFixed(1)),
      ratio: ratio(first, floor),
      'CPU ms/image': Number((first.cpuMs / images).toFixed(1)),
      'peak MB': Math.round(first.peakMb),
    });
  }
  table(rows);
}

async function plan(root: string, isLocal: boolean): Promise<undefined> {
  await using workspace = isLocal
    ? await openWorkspace({ specs: join(root, 'specs'), version: 'bench' })
    : (await openColourWorkspace(root)).workspace;
  await planLibrary(workspace, { refresh: true });
}

async function baseline(root: string): Promise<undefined> {
  const data = join(root, 'data/actors');
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.png'),
  );
  await pMap(
    files,
    async (name) => {
      const bytes = await readFile(join(data, name));
      createHash('sha256').update(bytes).digest('hex');
      const { data: pixels, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
      await sharp(pixels, { raw: info }).resize(200, 200, { fit: 'inside' }).jpeg().toBuffer();
    },
    { concurrency: 16 },
  );
}
