// Contact sheets of 20 pictures from photographs of 1,024 pixels, against plain decoding of the same pictures.
//
//   node tests/bench/contact-sheet.ts [sheets]          default: 10
import sharp from 'sharp';
import { renderContactSheets } from '../../controller/picture/contact-sheet.ts';
import { decodePicture } from '../../controller/picture/decode.ts';
import { makeTile } from '../../controller/picture/tile.ts';
import { best, child, measure, ratio, table } from './measure.ts';

const CELLS = 20;
const SIDE = 1_024;
const LIMITS = { maxPixels: 100_000_000, maxBytes: 50_000_000 };

const [command = '10', second = ''] = process.argv.slice(2);
if (command === '--sheets') await measure(() => sheets(Number(second)));
else if (command === '--decode') await measure(() => decodeOnly(Number(second)));
else if (command === '--start') await measure(() => decodeOnly(0));
else await compare(Number(command));

async function compare(count: number): Promise<void> {
  const run = (what: string) => best(3, () => child(import.meta.filename, what, count));
  const [start, plain, drawn] = [await run('--start'), await run('--decode'), await run('--sheets')];
  const net = ({ cpuMs }: { cpuMs: number }) => Number(((cpuMs - start.cpuMs) / count).toFixed(0));
  table([
    { what: 'decoding 20 pictures', 'CPU ms': net(plain), 'peak MB': Math.round(plain.peakMb), ratio: '1.0' },
    {
      what: 'decoding small, tiles, sheet',
      'CPU ms': net(drawn),
      'peak MB': Math.round(drawn.peakMb),
      ratio: ratio({ ...drawn, cpuMs: net(drawn) }, { ...plain, cpuMs: net(plain) }),
    },
  ]);
}

/** A picture with grain, so that there is something to decode. */
async function photograph(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return await sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: 'grey', noise } })
    .blur(2)
    .jpeg({ quality: 90 })
    .toBuffer();
}

async function decodeOnly(count: number): Promise<undefined> {
  const picture = await photograph();
  for (let sheet = 0; sheet < count; sheet += 1)
    for (let cell = 0; cell < CELLS; cell += 1) await sharp(picture).raw().toBuffer();
}

async function sheets(count: number): Promise<undefined> {
  const picture = await photograph();
  for (let sheet = 0; sheet < count; sheet += 1) {
    const cells = [];
    for (let number = 1; number <= CELLS; number += 1) {
      const decoded = await decodePicture(picture, LIMITS, { side: 200 });
      if (decoded.status !== 'ok') throw new Error(decoded.status);
      cells.push({ number, tile: await makeTile(decoded.raster, 200) });
    }
    await renderContactSheets(cells, { thumbnail: 200, columns: 5 });
  }
}
