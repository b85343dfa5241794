import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { checkSpecs } from '../controller/spec/load-specs.ts';
import { SCHEMA_NAMES } from '../scripts/generate-types.ts';

const ROOT = path.join(import.meta.dirname, '..');

test('the examples of docs/specs.md are valid specs', async () => {
  const page = await readFile(path.join(ROOT, 'docs', 'specs.md'), 'utf8');
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);

  expect(blocks.length).toBeGreaterThan(0);
  for (const [index, text] of blocks.entries()) {
    const files = [{ name: `block-${index + 1}.yaml`, text }];
    const snapshot = { files, diagnostics: [], revision: { kind: 'directory' as const, id: 'x' }, root: '/' };
    expect(checkSpecs(snapshot, { nowMs: Date.parse('2026-11-22T00:00:00Z') }).diagnostics).toEqual([]);
  }
});

test.each(SCHEMA_NAMES)('every example and default in schemas/%s fits its own schema', async (name) => {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  ajv.addKeyword('patternErrorMessage');
  ajv.addSchema(await readSchema('metadata'));
  const schema = await readSchema(name);
  ajv.addSchema(schema);

  const samples = samplesOf(schema, `${String(schema.$id)}#`);

  expect(samples.length).toBeGreaterThan(0);
  for (const { pointer, value } of samples) {
    const validate = ajv.compile({ $ref: pointer });
    expect(validate(value), `${pointer} ${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}`).toBe(
      true,
    );
  }
});

type Schema = Record<string, unknown>;

async function readSchema(name: string): Promise<Schema> {
  return JSON.parse(await readFile(path.join(ROOT, 'schemas', `${name}.schema.json`), 'utf8')) as Schema;
}

/** Every example and default with the pointer to the schema that it illustrates. */
function samplesOf(schema: Schema, pointer: string): { pointer: string; value: unknown }[] {
  const { examples = [], default: byDefault, properties = {}, $defs = {}, items } = schema;
  const values = [...(examples as unknown[]), ...(byDefault === undefined ? [] : [byDefault])];
  const children: [string, unknown][] = [
    ...Object.entries(properties as Schema).map(([key, child]): [string, unknown] => [
      `properties/${key}`,
      child,
    ]),
    ...Object.entries($defs as Schema).map(([key, child]): [string, unknown] => [`$defs/${key}`, child]),
    ...(items === undefined ? [] : [['items', items] as [string, unknown]]),
  ];
  return [
    ...values.map((value) => ({ pointer, value })),
    ...children.flatMap(([key, child]) => samplesOf(child as Schema, `${pointer}/${key}`)),
  ];
}
