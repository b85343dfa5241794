import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generateAll, SCHEMA_NAMES } from './generate-types.ts';

interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Record<string, Schema>;
  readonly $defs?: Record<string, Schema>;
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
}

test('generated files are up to date (npm run generate)', async () => {
  for (const [file, text] of await generateAll()) {
    expect(await readFile(file, 'utf8'), file).toBe(text);
  }
});

test.each([...SCHEMA_NAMES, 'metadata'])('schemas/%s describes every field', async (name) => {
  const schema = JSON.parse(
    await readFile(new URL(`../schemas/${name}.schema.json`, import.meta.url), 'utf8'),
  ) as Schema;

  expect(undescribed(schema, name)).toEqual([]);
});

function undescribed(schema: Schema, place: string): string[] {
  const here = schema.description === undefined && schema.$ref === undefined ? [place] : [];
  const children = [
    ...Object.entries(schema.properties ?? {}),
    ...Object.entries(schema.$defs ?? {}),
    ...(schema.items === undefined ? [] : [['items', schema.items] as const]),
    ...(typeof schema.additionalProperties === 'object'
      ? [['additionalProperties', schema.additionalProperties] as const]
      : []),
  ];
  return [...here, ...children.flatMap(([name, child]) => undescribed(child, `${place}.${name}`))];
}
