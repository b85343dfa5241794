// Kills applies of the studio's set-up at random moments while answers are lost after their effect, and balances the books of the servers.
//   node tests/bench/studio-kill.ts [kills=100] [seed=1] [lost=0.1]
import { some } from '../support/build-library.ts';
import { chance } from '../support/chance.ts';
import { Studio } from '../support/studio.ts';
import { killApplies, losing } from '../support/studio-kills.ts';
import { fillStudio } from '../support/studio-library.ts';

const [kills = 100, seed = 1, lost = 0.1] = process.argv.slice(2).map(Number);
const random = chance(seed);
await using studio = await Studio.open({
  wrong: 0.25,
  replicate: { faults: losing(lost, random) },
  openai: { faults: losing(lost, random) },
  s3: {
    buckets: ['studio', 'images', 'legacy'],
    faults: () => (random() < lost ? 'reset-after' : undefined),
  },
});
await studio.writeSpecs('  limits: { perProvider: { replicate: { concurrency: 2 } } }');
const known = new Set<string>();

/** Two actors more for every four applies, so that there is always something to buy and something to delete. */
function disturb(apply: number): void {
  if (apply % 4 !== 0) return;
  const id = (n: number) => String(apply + n).padStart(4, '0');
  const actors = [
    {
      id: id(0),
      images: [...some('photorealistic', 15, [3, 8, 4]), ...some('bw_stylized', 2)],
    },
    { id: id(1), images: [...some('photorealistic', 9), ...some('bw_stylized', 6, [2, 9])] },
  ];
  for (const digest of fillStudio(studio, actors, 1 + apply * 100)) known.add(digest);
}

const startedMs = performance.now();
const report = await killApplies(studio, { kills, random, lifeMs: 3_000, disturb, known: () => known });
const { audit, ...figures } = report;
const sizes = [...audit.sets.values()].map((set) => set.length);
process.stdout.write(
  `${JSON.stringify({
    ...figures,
    balanced: figures.paid === figures.kept + figures.rejected,
    actors: sizes.length,
    complete: sizes.filter((size) => size === 20).length,
    dangling: audit.dangling.length,
    orphans: audit.orphans.length,
    openJournals: audit.open.length,
    seconds: Math.round((performance.now() - startedMs) / 1000),
  })}\n`,
);
