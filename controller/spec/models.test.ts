import { expect, test } from 'vitest';
import { modelEnd } from './models.ts';

test.each([
  ['gpt-4.1-mini', '2026-10-01', undefined],
  ['gpt-4.1-mini', '2026-11-22', 53],
  ['gpt-4.1-mini-2025-04-14', '2027-01-13', 1],
  ['gpt-4.1-mini', '2027-01-14', 0],
  ['gpt-6-luna', '2027-01-14', undefined],
])('%s on %s has %s days left', (model, day, daysLeft) => {
  expect(modelEnd('openai', model, Date.parse(`${day}T00:00:00Z`))?.daysLeft).toBe(daysLeft);
});
