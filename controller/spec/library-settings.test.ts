import { expect, test } from 'vitest';
import schema from '../../schemas/library.schema.json' with { type: 'json' };
import { formatDuration } from './duration.ts';
import { EMBEDDED_SPECS } from './embedded-specs.generated.ts';
import { librarySettings } from './library-settings.ts';
import { parseSpecFile } from './parse.ts';
import { resolveSchema, type SchemaNode } from './schemas.ts';

test('the defaults are those that the schema documents', () => {
  const settings = librarySettings('x', {});
  const written = {
    ...settings,
    interval: formatDuration(settings.intervalMs),
    trash: { retention: formatDuration(settings.trash.retentionMs) },
    history: { retention: formatDuration(settings.history.retentionMs) },
    suspend: settings.suspended ?? false,
  };

  expect(written).toMatchObject(documentedDefaults(schema.properties.spec as SchemaNode));
});

test('specs/library.yaml shows the defaults', () => {
  const file = EMBEDDED_SPECS.find(({ name }) => name === 'library.yaml')!;
  const [document] = parseSpecFile(file).documents;
  const { spec } = document!.value as { spec: object };

  expect(librarySettings('x', spec)).toEqual(librarySettings('x', {}));
});

test('the prefix of the images ends in a slash, and what is set wins', () => {
  const settings = librarySettings('x', {
    images: 's3://b/{actor}',
    evaluator: { provider: 'openai' },
    generator: { provider: 'replicate', inputMapping: { image: 'image' } },
    limits: { perProvider: { openai: { concurrency: 2 } } },
  });

  expect(settings.images).toBe('s3://b/{actor}/');
  expect(settings.evaluator.model).toBe('gpt-4.1-mini');
  expect(settings.generator.model).toBe('black-forest-labs/flux-kontext-pro');
  expect(settings.generator.inputMapping).toEqual({ prompt: 'prompt', image: 'image', seed: 'seed' });
  expect(settings.limits.perProvider.openai).toEqual({ concurrency: 2, requestsPerMinute: 500 });
});

/** Every `default` of a schema, nested as the values are. */
function documentedDefaults(unresolved: SchemaNode): Record<string, unknown> {
  const defaults: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(
    resolveSchema(schema as SchemaNode, unresolved).properties ?? {},
  )) {
    const node = resolveSchema(schema as SchemaNode, child) as SchemaNode & { default?: unknown };
    if (node.default !== undefined) defaults[name] = node.default;
    else if (node.properties !== undefined && name !== 'pricePerMillionTokens')
      defaults[name] = documentedDefaults(node);
  }
  return defaults;
}
