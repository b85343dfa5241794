import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runProgram } from '../../controller/cli/run.ts';
import type { Calibration } from '../../controller/usecases/calibrate-measure.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';
import type { SaidAnswer } from '../support/openai-server.ts';
import { Studio } from '../support/studio.ts';
import { lookAt } from '../support/studio-model.ts';
import { STUDIO_CATEGORIES, studioPicture } from '../support/studio-pictures.ts';

/** A model that takes whatever is in cell 3 for an ink drawing. */
const WEAK_CELL = 3;

let studio: Studio;
beforeEach(async () => {
  studio = await Studio.open({
    openai: {
      models: ['gpt-4.1-mini', 'gpt-6-luna'],
      async answer(asked) {
        const truth = (await lookAt(asked)) as Extract<SaidAnswer, { images: unknown }>;
        if (asked.body.model === 'gpt-6-luna') return truth;
        return {
          images: truth.images.map((image) =>
            image.number === WEAK_CELL ? { ...image, category: 'bw_stylized', confidence: 0.4 } : image,
          ),
        };
      },
    },
  });
  await studio.writeSpecs();
});
afterEach(async () => {
  await studio[Symbol.asyncDispose]();
});

async function labelled(perCategory: number): Promise<string> {
  const folder = join(studio.root, 'gold');
  for (const [index, category] of STUDIO_CATEGORIES.entries()) {
    await mkdir(join(folder, category), { recursive: true });
    for (let n = 0; n < perCategory; n += 1)
      await writeFile(join(folder, category, `${n}.png`), studioPicture(category, 6, 1 + index * 100 + n));
  }
  return folder;
}

async function calibrate(...args: string[]) {
  const terminal = memoryTerminal({ cwd: studio.root, env: studio.env });
  const code = await runProgram(['calibrate', ...args, '--json'], terminal);
  const last = JSON.parse(terminal.written.out.trim().split('\n').at(-1)!) as {
    calibration: Calibration;
    code: string;
  };
  return { code, result: last.calibration, error: last.code };
}

it('measures where on the sheet a model goes wrong, whether it says the same twice, and what it costs', async () => {
  const folder = await labelled(16);

  const { code, result } = await calibrate(folder, '--runs', '3');

  const cell = result.positions.find(({ position }) => position === WEAK_CELL)!;
  const others = result.positions.filter(({ position }) => position !== WEAK_CELL);
  expect(code).toBe(0);
  expect(result).toMatchObject({ pictures: 48, unreadable: 0, runs: 3, failedShare: 0 });
  expect(cell.accuracy).toBeLessThan(1);
  expect(others.every(({ accuracy }) => accuracy === 1)).toBe(true);
  // Six sheets, one doubtful cell each.
  expect(result.uncertainShare).toBeCloseTo(6 / 144);
  expect(result.certainAccuracy).toBe(1);
  expect(result.accuracy).toBeLessThan(1);
  expect(result.agreement).toBeLessThan(1);
  expect(
    result.confusion.photorealistic!.photorealistic! + result.confusion.photorealistic!.bw_stylized!,
  ).toBe(48);
  expect(result.mistakes.every(({ taken }) => taken === 'bw_stylized')).toBe(true);
  expect(studio.openai.asked).toHaveLength(6);
  expect(result.costUsd).toBeGreaterThan(0);
  expect(result.costUsd).toBeLessThanOrEqual(result.estimateUsd);
});

it('compares with a successor, from labels in a table', async () => {
  const folder = await labelled(4);
  const lines = STUDIO_CATEGORIES.map((category) => `${category}/0.png,${category}`);
  await writeFile(join(folder, 'labels.csv'), `file,category\n${lines.join('\n')}\n`);

  const { result } = await calibrate(folder, '--model', 'gpt-6-luna');

  expect(result).toMatchObject({ pictures: 3, accuracy: 1, agreement: 1 });
  expect(result.evaluator).toContain('gpt-6-luna');
});

it('asks nothing that could cost more than the budget, or whose price is unknown, or whose labels are wrong', async () => {
  const folder = await labelled(3);
  const dear = await calibrate(folder, '--budget', '0.001');
  const unknown = await calibrate(folder, '--model', 'somebody-elses');
  await writeFile(join(folder, 'labels.csv'), 'photorealistic/0.png,photorealism\n');
  const mistyped = await calibrate(folder);

  expect([dear, unknown, mistyped].map(({ code, error }) => [code, error])).toEqual([
    [1, 'budget-exceeded'],
    [1, 'unknown-price'],
    [1, 'invalid-input'],
  ]);
  expect(studio.openai.calls).toBe(0);
});
