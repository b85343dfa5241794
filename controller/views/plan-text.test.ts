import { createColors } from 'picocolors';
import { describe, expect, test } from 'vitest';
import { manyActors } from '../../tests/support/large-plan.ts';
import { planOf } from '../../tests/support/plan-fixtures.ts';
import { unplannedActor } from '../plan/unplanned.ts';
import { plainPalette } from './palette.ts';
import { planSummaryLine } from './plan-outcome.ts';
import { renderPlanText } from './plan-text.ts';
import { displayWidth } from './text.ts';

const WIDE = { palette: plainPalette, width: 100 };

describe('a plan for a terminal', () => {
  test('says the summary first and last', () => {
    const plan = planOf(manyActors(2, [15, 4, 3]));
    const lines = renderPlanText(plan, WIDE).trimEnd().split('\n');
    expect(lines[0]).toBe(planSummaryLine(plan));
    expect(lines.at(-1)).toBe(planSummaryLine(plan));
  });

  test('counts balanced actors, and lists them when there are few or all are wanted', () => {
    const balanced = planOf(manyActors(6, [13, 4, 3]));
    expect(renderPlanText(balanced, WIDE)).not.toContain('Actor:');
    expect(renderPlanText(balanced, { ...WIDE, verbose: true }).match(/^Actor:/gm)).toHaveLength(6);
    expect(renderPlanText(planOf(manyActors(5, [13, 4, 3])), WIDE).match(/^Actor:/gm)).toHaveLength(5);
  });

  test('names what could not be planned and what nobody manages', () => {
    const bad = Array.from({ length: 30 }, (_, n) =>
      unplannedActor({ actor: `bad-${n}`, type: 'lead' }, 'error', {
        code: 'invalid-input',
        message: 'no JSON',
      }),
    );
    const plan = planOf([
      ...manyActors(1, [13, 4, 3]),
      ...bad,
      unplannedActor(
        { actor: 'stray', type: 'extra' },
        'unmanaged',
        { code: 'unmanaged', message: 'No distribution selects this actor.' },
        7,
      ),
    ]);
    const text = renderPlanText(plan, WIDE);
    expect(text).toContain('Could not be planned (30 actors):');
    expect(text).toContain('  bad-0   no JSON');
    expect(text).toContain('and 10 more actors; --verbose names them all');
    expect(text).toContain('stray  No distribution selects this actor');
    expect(text).not.toContain('No changes');
  });

  test('shows what a guard says to its end, on a narrow terminal too', () => {
    const message = '71 of 130 images would be deleted (54.6 %), at most 50 % allowed';
    const plan = { ...planOf([]), guards: [{ name: 'max-delete-share', result: 'deny', message }] as const };
    const text = renderPlanText(plan, { ...WIDE, width: 60 });
    expect(text.replaceAll(/\s+/g, ' ')).toContain(message);
  });

  test('says which guards deny it and how they are lifted', () => {
    const text = renderPlanText(planOf(manyActors(60, [25, 4, 3])), WIDE);
    expect(text).toMatch(/deny {2}max-deletes/);
    expect(text).toContain('callsheet approve plan-20261122-190000-abcd --guard max-deletes --reason WHY');
  });

  test('shows what is said of an image in 80 columns, whatever its name', () => {
    const plan = planOf(manyActors(1, [16, 2, 3], '-a-very-long-name-that-somebody-gave-to-a-picture'));
    const text = renderPlanText(plan, { ...WIDE, width: 80 });
    const deletes = text.split('\n').filter((line) => line.startsWith('    - '));
    expect(deletes.length).toBeGreaterThan(0);
    expect(deletes.every((line) => line.endsWith('): too many') && line.length <= 80)).toBe(true);
    expect(deletes.every((line) => line.includes('.jpg (photorealistic, quality: '))).toBe(true);
  });

  test('never sends a control character of somebody else to the terminal', () => {
    const plan = planOf(manyActors(2, [16, 2, 3], '\u001b[31m\r\u0007\u202e\u009b'));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(renderPlanText(plan, WIDE)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  test('keeps to the width of the terminal, also with long names', () => {
    const plan = planOf(manyActors(2, [16, 2, 3], 'ein-sehr-langer-name-漢字漢字-'.repeat(6)));
    const lines = renderPlanText(plan, { ...WIDE, width: 60 }).split('\n');
    const frozen = planSummaryLine(plan);
    for (const line of lines.filter((line) => line !== frozen))
      expect(displayWidth(line)).toBeLessThanOrEqual(60);
  });

  test('colours deletes red and new pictures green, and says the same without colours', () => {
    const { bold, dim, red, green, yellow, cyan } = createColors(true);
    const plan = planOf(manyActors(1, [16, 2, 3]));
    const coloured = renderPlanText(plan, { ...WIDE, palette: { bold, dim, red, green, yellow, cyan } });
    expect(coloured).toContain('\u001b[31m    - Image #');
    expect(coloured).toContain('\u001b[32m    + bw_stylized');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderPlanText(plan, WIDE));
  });
});
