import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Observation } from '../../controller/observation/observation.ts';
import { formatPlan, parsePlan } from '../../controller/plan/plan-file.ts';
import { planActor } from '../../controller/plan/planner.ts';
import type { Target } from '../../controller/spec/target.ts';
import { plainPalette } from '../../controller/views/palette.ts';
import { renderPlanMarkdown } from '../../controller/views/plan-markdown.ts';
import { renderPlanText } from '../../controller/views/plan-text.ts';
import { POLICY } from '../support/plan-arbitraries.ts';
import { planOf } from '../support/plan-fixtures.ts';

const FOLDER = path.join(import.meta.dirname, 'plan');

// `npx vitest run tests/golden -u` writes what the code says now; read the difference before committing it.
test.each(readdirSync(FOLDER))('%s', async (name) => {
  const file = (part: string) => path.join(FOLDER, name, part);
  const read = (part: string): unknown => JSON.parse(readFileSync(file(part), 'utf8'));
  const actor = planActor(read('target.json') as Target, read('observed.json') as Observation, POLICY);
  const plan = planOf([actor]);

  await expect(formatPlan(plan)).toMatchFileSnapshot(file('plan.json'));
  expect(parsePlan(formatPlan(plan), 'plan.json')).toEqual(plan);
  await expect(renderPlanText(plan, { palette: plainPalette, width: 100 })).toMatchFileSnapshot(file('plan.txt'));
  await expect(renderPlanMarkdown(plan, { key: 'golden', whole: 'the artifact `callsheet-plan`' })).toMatchFileSnapshot(file('plan.md'));
});
