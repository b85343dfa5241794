import { afterEach, expect, it } from 'vitest';
import { some } from '../support/build-library.ts';
import { chance } from '../support/chance.ts';
import { Studio } from '../support/studio.ts';
import { killApplies, losing } from '../support/studio-kills.ts';
import { auditStudio, fillStudio, heldBy } from '../support/studio-library.ts';

let studio: Studio;
afterEach(async () => {
  await studio[Symbol.asyncDispose]();
});

it('killed at random moments, with answers lost after their effect, an apply pays for no picture twice and loses none', async () => {
  const random = chance(Number(process.env.CALLSHEET_TEST_SEED ?? 4711));
  studio = await Studio.open({
    wrong: 0.25,
    replicate: { faults: losing(0.1, random) },
    openai: { faults: losing(0.1, random) },
    s3: {
      buckets: ['studio', 'images', 'legacy'],
      faults: () => (random() < 0.1 ? 'reset-after' : undefined),
    },
  });
  await studio.writeSpecs('  limits: { perProvider: { replicate: { concurrency: 2 } } }');
  fillStudio(studio, [
    { id: '0001', images: [...some('photorealistic', 16, [3, 8, 4]), ...some('bw_stylized', 2)] },
    { id: '0002', images: [...some('photorealistic', 8), ...some('bw_stylized', 6, [2, 9])] },
    { id: '0003', images: [...some('photorealistic', 6), ...some('bw_stylized', 2)] },
  ]);
  const original = heldBy(auditStudio(studio, []));

  const report = await killApplies(studio, {
    kills: 6,
    random,
    lifeMs: 2_500,
    disturb: () => {},
    known: () => original,
  });

  expect(report.killed).toBeGreaterThan(1);
  expect(report.runsToConverge).toBeLessThan(6);
  expect(report.lost).toBe(0);
  expect(report.paid).toBe(report.kept + report.rejected);
  expect(report.openReservations).toBe(0);
  expect(report.audit).toMatchObject({ dangling: [], orphans: [], open: [] });
  expect([...report.audit.sets.values()].map((set) => set.length)).toEqual([20, 20, 20]);
}, 240_000);
