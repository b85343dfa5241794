// Requests that a pass over a library in S3 makes, against the listings that tell what is there.
//
//   node tests/bench/s3-requests.ts [actors=200]
//
// Everything is in buckets: manifests, images and state. The server is a real one on loopback; requests cost what they cost there, so only
// their number says something.
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { openWorkspace } from '../../controller/wire.ts';
import { some } from '../support/build-library.ts';
import { ColourEvaluator } from '../support/colour-evaluator.ts';
import { colourPicture } from '../support/colour-pictures.ts';
import { Studio } from '../support/studio.ts';
import { fillStudio } from '../support/studio-library.ts';
import { table } from './measure.ts';
import { actorId, IMAGES } from './scale-library.ts';

const PAGE = 1_000;
const actors = Number(process.argv[2] ?? 200);

await using studio = await Studio.open();
await studio.writeSpecs();
const bytes = await Promise.all(
  [...some('photorealistic', 13), ...some('bw_stylized', 4), ...some('color_stylized', 3)].map(
    async (image, index) => ({ ...image, bytes: await colourPicture(image.category, image.quality, index) }),
  ),
);
fillStudio(
  studio,
  Array.from({ length: actors }, (_, n) => ({ id: actorId(n), images: bytes })),
);
const pages = (count: number) => Math.ceil(count / PAGE);
/** Of images, actors' manifests, training manifests and records. */
const floor = pages(actors * IMAGES) + 3 * pages(actors);

const rows = [
  await pass('first plan'),
  await pass('no-op plan'),
  await pass('one image replaced', async () => {
    const picture = await colourPicture('photorealistic', 7, 4_711);
    studio.s3.buckets.put('images', `actors/${actorId(0)}/shot 1.png`, picture, 'image/png', {});
  }),
  await pass('no-op plan again'),
];
table(rows);

async function pass(what: string, change?: () => Promise<void>): Promise<Record<string, string | number>> {
  await change?.();
  await using workspace = await openWorkspace({
    specs: `${studio.root}/specs`,
    version: 'bench',
    providers: { evaluator: () => new ColourEvaluator() },
  });
  studio.s3.forget();
  const started = performance.now();
  await planLibrary(workspace, { refresh: true });
  const seconds = (performance.now() - started) / 1000;
  const count = (test: (request: { method: string; key: string; bucket: string }) => boolean) =>
    studio.s3.requests.filter(test).length;
  const listings = count(({ method, key }) => method === 'GET' && key === '');
  const all = studio.s3.requests.length;
  return {
    what,
    actors,
    images: actors * IMAGES,
    listings,
    'GET images': count(({ method, bucket, key }) => method === 'GET' && bucket === 'images' && key !== ''),
    'GET others': count(({ method, bucket, key }) => method === 'GET' && bucket !== 'images' && key !== ''),
    HEAD: count(({ method }) => method === 'HEAD'),
    PUT: count(({ method }) => method === 'PUT'),
    all,
    'all/listing pages': (all / floor).toFixed(1),
    s: Number(seconds.toFixed(1)),
  };
}
