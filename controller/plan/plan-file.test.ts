import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import schema from '../../schemas/plan.schema.json' with { type: 'json' };
import { manyActors } from '../../tests/support/large-plan.ts';
import { anyWorld, POLICY } from '../../tests/support/plan-arbitraries.ts';
import { planOf } from '../../tests/support/plan-fixtures.ts';
import { isCallsheetError } from '../diagnostics/errors.ts';
import { planDigest } from './assemble.ts';
import type { Plan } from './plan.ts';
import { formatPlan, parsePlan } from './plan-file.ts';
import { planActor } from './planner.ts';

const PLAN = planOf(manyActors(3, [16, 2, 2]));

describe('a plan file', () => {
  test('reads back as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(anyWorld(), { maxLength: 3 }), (worlds) => {
        const plan = planOf(worlds.map(({ target, observation }) => planActor(target, observation, POLICY)));
        expect(parsePlan(formatPlan(plan), 'plan.json')).toEqual(plan);
        expect(formatPlan(plan)).toBe(`${JSON.stringify(plan, null, 2)}\n`);
        expect(hasOnlyDocumentedFields(plan)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('is the same, digest and all, but for id and time', () => {
    const again = planOf(manyActors(3, [16, 2, 2]).reverse(), {
      id: 'other',
      createdAt: '2027-01-01T00:00:00Z',
    });
    expect({ ...again, id: PLAN.id, createdAt: PLAN.createdAt }).toEqual(PLAN);
  });

  test.each([
    ['a seed', (text: string) => text.replace(/"seed": \d+/, '"seed": 1')],
    [
      'an image to delete',
      (text: string) => text.replace('photorealistic-digest', 'other-digest').replace('/0-0', '/0-1'),
    ],
    ['a guard', (text: string) => text.replace('"result": "pass"', '"result": "warn"')],
    [
      'an actor less',
      (text: string) => JSON.stringify({ ...JSON.parse(text), actors: JSON.parse(text).actors.slice(1) }),
    ],
    [
      'the order of the actors',
      (text: string) => JSON.stringify({ ...JSON.parse(text), actors: JSON.parse(text).actors.toReversed() }),
    ],
    ['a field that nobody knows', (text: string) => text.replace('"tool":', '"force": true, "tool":')],
  ])('is refused when %s was changed by hand', (_, edit) => {
    const edited = edit(formatPlan(PLAN));
    expect(edited).not.toBe(formatPlan(PLAN));
    const error = failure(edited);
    expect(error).toMatchObject({ code: 'invalid-input', hint: expect.stringContaining('callsheet plan') });
    expect(error.message).toContain('plan.json was changed after it was written');
  });

  test('may be formatted anew by a tool: only its content counts', () => {
    expect(parsePlan(JSON.stringify(PLAN), 'plan.json')).toEqual(PLAN);
    expect(parsePlan(`\uFEFF${formatPlan(PLAN)}`, 'plan.json')).toEqual(PLAN);
  });

  test('of a newer minor version is read, fields that nobody knows yet and all', () => {
    const newer = { ...PLAN, formatVersion: '1.7', weather: 'fine' } as unknown as Plan;
    const signed = { ...newer, digest: planDigest(newer) };
    expect(parsePlan(JSON.stringify(signed), 'plan.json')).toEqual(signed);
  });

  test('of another major version is refused', () => {
    expect(failure(JSON.stringify({ ...PLAN, formatVersion: '2.0' }))).toMatchObject({ code: 'unsupported' });
  });

  test.each([
    '',
    '{',
    '[]',
    'null',
    '{}',
    '{"formatVersion": 1}',
    '{"formatVersion": "1.0"}',
    formatPlan(PLAN).slice(0, -20),
  ])('that is none is refused: %j', (text) => {
    expect(failure(text.slice(0, 100_000))).toMatchObject({ code: 'invalid-input' });
  });

  test('that breaks the schema is refused with the place', () => {
    const wrong = { ...PLAN, actors: [{ ...PLAN.actors[0], status: 'fine' }] };
    expect(failure(JSON.stringify(wrong)).message).toContain('/actors/0/status');
  });
});

test('every property of the schema is described', () => {
  const missing: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { description, $ref, properties } = node as {
      description?: string;
      $ref?: string;
      properties?: Record<string, unknown>;
    };
    if (/\/properties\/[^/]+$/.test(path) && description === undefined && $ref === undefined)
      missing.push(path);
    for (const [key, value] of Object.entries(properties ?? {})) visit(value, `${path}/properties/${key}`);
    for (const key of ['$defs', 'items'] as const)
      visit((node as Record<string, unknown>)[key], `${path}/${key}`);
    if (path.endsWith('$defs'))
      for (const [key, value] of Object.entries(node)) visit(value, `${path}/${key}`);
  };
  visit(schema, '');
  expect(missing).toEqual([]);
});

/** The schema lets newer versions add fields; what this version writes must all be in it. */
function hasOnlyDocumentedFields(plan: Plan): boolean {
  strict ??= new Ajv2020({ strict: true, discriminator: true }).compile(
    JSON.parse(JSON.stringify(schema), (_key, value) =>
      value?.properties === undefined ? value : { ...value, additionalProperties: false },
    ),
  );
  return strict(plan);
}

let strict: ((plan: Plan) => boolean) | undefined;

function failure(text: string) {
  try {
    parsePlan(text, 'plan.json');
  } catch (error) {
    if (isCallsheetError(error)) return error;
    throw error;
  }
  throw new Error('was accepted');
}
