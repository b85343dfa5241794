// Plans the studio's library with a vision model that takes its time, side by side with the sequential script, and says by how much it is
// faster and what CPU it takes as against decoding each picture once. The servers run in a process of their own.
//   node tests/bench/studio-throughput.ts [actors=289] [latencyMs=2000] [state=files|s3]
import { execaNode } from 'execa';
import sharp from 'sharp';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { openWorkspace } from '../../controller/wire.ts';
import type { AskedQuestion, SaidAnswer } from '../support/openai-server.ts';
import { Studio } from '../support/studio.ts';
import { groundOf } from '../support/studio-pictures.ts';

/** Images per actor: 17.3 on average, as many actors over 20 as a studio has. */
const SIZES = [12, 14, 15, 16, 17, 18, 19, 20, 20, 22];
const SIDE = 1024;
/** Actors and pictures that the slow ways are measured with, before they are extrapolated. */
const SAMPLE = { actors: 4, pictures: 200 };

const [mode = '289', second = '2000', third = ''] = process.argv.slice(2);
if (mode === 'ours') await ours(second);
else if (mode === 'script') await script(JSON.parse(second) as string[][], third);
else if (mode === 'decode') await decode(JSON.parse(second) as string[]);
else await serve(Number(mode), Number(second), third === 's3' ? 's3://studio/state/' : 'file:state/');

function categoryAt(index: number): string {
  const place = index % 20;
  return place < 13 ? 'photorealistic' : place < 17 ? 'bw_stylized' : 'color_stylized';
}

/** Says of image n what image n is, without looking: what a model thinks about is not our CPU. */
function answer({ numbers }: AskedQuestion): SaidAnswer {
  return {
    images: numbers.map((number) => ({
      number,
      category: categoryAt(number - 1),
      quality: 4 + (number % 6),
    })),
  };
}

async function serve(actors: number, latencyMs: number, state: string): Promise<void> {
  await using studio = await Studio.open({ openai: { answer, latencyMs } });
  await studio.writeSpecs('', state);
  const urls = await fill(studio, actors);
  const run = async (...args: string[]) =>
    JSON.parse(
      (
        await execaNode(import.meta.filename, args, {
          env: studio.env,
        })
      ).stdout,
    ) as Figures;
  const decoded = await run('decode', JSON.stringify(urls.flat().slice(0, SAMPLE.pictures)));
  const scripted = await run('script', JSON.stringify(urls.slice(0, SAMPLE.actors)), studio.openai.baseUrl);
  const before = studio.openai.calls;
  const servers = process.cpuUsage();
  const planned = await run('ours', studio.root);
  const { user, system } = process.cpuUsage(servers);
  const pictures = urls.flat().length;
  const sequentialSeconds = (scripted.seconds / SAMPLE.actors) * actors;
  const decodeCpu = (decoded.cpuSeconds / SAMPLE.pictures) * pictures;
  const figures = {
    actors,
    pictures,
    calls: studio.openai.calls - before,
    peak: studio.openai.peak,
    seconds: planned.seconds,
    sequentialSeconds,
    speedUp: sequentialSeconds / planned.seconds,
    cpuSeconds: planned.cpuSeconds,
    mainCpuSeconds: planned.mainCpuSeconds,
    /** Of the servers, on the same machine. */
    serverCpuSeconds: (user + system) / 1e6,
    decodeOnceCpuSeconds: decodeCpu,
    cpuRatio: planned.cpuSeconds / decodeCpu,
    peakMemoryMb: planned.memoryMb,
    known: planned.known,
  };
  process.stdout.write(
    `${JSON.stringify(figures, (_, value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value), 1)}\n`,
  );
}

interface Figures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of these, in the main thread. */
  readonly mainCpuSeconds: number;
  readonly memoryMb: number;
  /** Images of which it is known what they are. */
  readonly known?: number;
}

/** Returns the URLs of the pictures, by actor. */
async function fill({ s3 }: Studio, actors: number): Promise<string[][]> {
  const takes = new Map<string, Buffer>();
  for (const category of ['photorealistic', 'bw_stylized', 'color_stylized'])
    takes.set(category, await photograph(category));
  const put = (bucket: string, key: string, body: Buffer, type: string) =>
    void s3.buckets.put(bucket, key, body, type, {});
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  return Array.from({ length: actors }, (_, actor) => {
    const id = String(actor).padStart(4, '0');
    const keys = Array.from({ length: SIZES[actor % SIZES.length]! }, (_, index) => {
      const key = `actors/${id}/${String(index + 1).padStart(2, '0')}.jpg`;
      put('images', key, commented(takes.get(categoryAt(index))!, key), 'image/jpeg');
      return key;
    });
    const images = keys.map((key) => ({ s3_url: `s3://images/${key}` }));
    put(
      'studio',
      `data/actors/${id}/training_data/manifest.json`,
      json({ actor_id: id, images }),
      'application/json',
    );
    const base_image = images[0]!.s3_url;
    put(
      'studio',
      `data/actor_manifests/${id}.json`,
      json({ actor_id: id, type: 'film', base_image }),
      'application/json',
    );
    return keys.map((key) => `${s3.url}/images/${key}`);
  });
}

/** About a megapixel, with light, shade and grain. */
async function photograph(category: string): Promise<Buffer> {
  const ground = groundOf(category, 7);
  const data = Buffer.alloc(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const light =
        0.75 + 0.2 * Math.sin(x / 90) * Math.cos(y / 70) + (((x * 7919 + y * 104_729) % 97) / 97 - 0.5) * 0.1;
      for (let c = 0; c < 3; c += 1) data[(y * SIDE + x) * 3 + c] = Math.min(255, ground[c]! * light);
    }
  }
  return await sharp(data, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** The same picture with other bytes. */
function commented(jpeg: Buffer, text: string): Buffer {
  const comment = Buffer.from(text);
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)]);
}

function tell(startedMs: number, cpu: NodeJS.CpuUsage, more: object = {}): void {
  const { user, system } = process.cpuUsage(cpu);
  const main = process.threadCpuUsage();
  const memoryMb = process.resourceUsage().maxRSS / 1024;
  const figures: Figures = {
    seconds: (performance.now() - startedMs) / 1000,
    cpuSeconds: (user + system) / 1e6,
    mainCpuSeconds: (main.user + main.system) / 1e6,
    memoryMb,
    ...more,
  };
  process.stdout.write(JSON.stringify(figures));
}

async function ours(root: string): Promise<void> {
  const [startedMs, cpu] = [performance.now(), process.cpuUsage()];
  await using workspace = await openWorkspace({ specs: `${root}/specs`, version: '0.0.0-bench' });
  const plan = await planLibrary(workspace, { refresh: true });
  tell(startedMs, cpu, {
    known: plan.actors.reduce((sum, { total, unknown }) => sum + total.before - unknown, 0),
  });
}

/** What the script does: picture after picture, actor after actor. */
async function script(actors: readonly (readonly string[])[], baseUrl: string): Promise<void> {
  const [startedMs, cpu] = [performance.now(), process.cpuUsage()];
  for (const urls of actors) {
    const tiles: Buffer[] = [];
    for (const url of urls)
      tiles.push(
        await sharp(await fetched(url))
          .resize(200, 200, { fit: 'inside' })
          .toBuffer(),
      );
    const composite = tiles.map((input, index) => ({
      input,
      left: (index % 5) * 200,
      top: Math.floor(index / 5) * 200,
    }));
    const sheet = await sharp({ create: { width: 1000, height: 1000, channels: 3, background: '#fff' } })
      .composite(composite)
      .jpeg()
      .toBuffer();
    await ask(baseUrl, urls.length, sheet);
  }
  tell(startedMs, cpu);
}

async function ask(baseUrl: string, images: number, sheet: Buffer): Promise<void> {
  const numbers = Array.from({ length: images }, (_, index) => index + 1).join(', ');
  const content = [
    { type: 'text', text: `left to right and then down: ${numbers}.` },
    { type: 'image_url', image_url: { url: `data:image/jpeg;base64,${sheet.toString('base64')}` } },
  ];
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${process.env.OPENAI_API_KEY}` },
    body: JSON.stringify({ model: 'gpt-4.1-mini', messages: [{ role: 'user', content }] }),
  });
  await response.json();
}

async function decode(urls: readonly string[]): Promise<void> {
  const pictures = await Promise.all(urls.map(fetched));
  const [startedMs, cpu] = [performance.now(), process.cpuUsage()];
  for (const bytes of pictures) await sharp(bytes).raw().toBuffer();
  tell(startedMs, cpu);
}

async function fetched(url: string): Promise<Buffer> {
  const headers = { authorization: 'AWS4-HMAC-SHA256 bench' };
  return Buffer.from(await (await fetch(url, { headers })).arrayBuffer());
}
