import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('evaluator-accuracy.ts', import.meta.url));
const LABELLED = process.env.CALLSHEET_LABELLED_IMAGES?.split(':')[0];

function run(...folder: string[]) {
  const env = { CALLSHEET_LABELLED_IMAGES: undefined };
  return execa(process.execPath, [SCRIPT, ...folder], { env, reject: false });
}

describe('the accuracy benchmark', () => {
  it('says so and succeeds when there are no pictures', async () => {
    for (const result of await Promise.all([run(), run('no/such/folder')])) {
      expect(result.stdout).toContain('Nothing was measured.');
      expect(result.exitCode).toBe(0);
    }
  });

  // Runs only where CALLSHEET_LABELLED_IMAGES names the labelled pictures, which are not in this repository. They were trained on, so
  // the bound guards against a broken build, not against poor generalisation.
  it.skipIf(LABELLED === undefined)(
    'finds nine in ten of the labelled pictures',
    { timeout: 600_000 },
    async () => {
      const { stdout } = await run(LABELLED!);
      const accuracy = Number(/^all +([\d.]+) %/m.exec(stdout)?.[1]);
      expect(accuracy).toBeGreaterThan(90);
    },
  );
});
