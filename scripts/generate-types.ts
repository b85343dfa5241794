/**
 * Writes everything that is derived from `schemas/` and `specs/`: the TypeScript types of the documents, their validators, the
 * embedded defaults, and the tables of `docs/specs.md`.
 * Run it with `npm run generate` after changing one of them; a test fails until it has been.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compileFromFile } from 'json-schema-to-typescript';
import { generatePlanValidator, generateSpecValidators } from './generate-validators.ts';
import { fillSpecReference } from './spec-reference.ts';

const ROOT = path.join(import.meta.dirname, '..');
const SPEC_FOLDER = path.join(ROOT, 'controller', 'spec');

export const SCHEMA_NAMES = [
  'library',
  'taxonomy',
  'distribution',
  'prompt-library',
  'actor-manifest',
  'training-manifest',
] as const;

const EMBEDDED_SPECS = ['library.yaml', 'taxonomy.yaml', 'distribution.yaml', 'prompts.yaml'];

/** Every generated file by its absolute path, with the text that it should have. */
export async function generateAll(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const name of SCHEMA_NAMES) {
    files.set(path.join(SPEC_FOLDER, `${name}.generated.ts`), await generateTypes(name));
  }
  for (const [place, { code, types }] of [
    [path.join(SPEC_FOLDER, 'validators.generated'), await generateSpecValidators()],
    [path.join(ROOT, 'controller', 'plan', 'plan-validator.generated'), await generatePlanValidator()],
  ] as const) {
    files.set(`${place}.js`, code);
    files.set(`${place}.d.ts`, types);
  }
  files.set(path.join(SPEC_FOLDER, 'embedded-specs.generated.ts'), await embedSpecs());
  files.set(path.join(ROOT, 'docs', 'specs.md'), await fillReference());
  return files;
}

async function fillReference(): Promise<string> {
  const schemas: Record<string, unknown> = {};
  for (const name of SCHEMA_NAMES) {
    schemas[name] = JSON.parse(await readFile(path.join(ROOT, 'schemas', `${name}.schema.json`), 'utf8'));
  }
  return fillSpecReference(await readFile(path.join(ROOT, 'docs', 'specs.md'), 'utf8'), schemas);
}

/** The default specs as text, so that the program carries them whether it runs from sources or from a package. */
async function embedSpecs(): Promise<string> {
  const files = await Promise.all(
    EMBEDDED_SPECS.map(async (name) => ({
      name,
      text: await readFile(path.join(ROOT, 'specs', name), 'utf8'),
    })),
  );
  return [
    '// Generated from specs/ by scripts/generate-types.ts. Do not edit.',
    '',
    '/** The default specs, as `callsheet init` writes them. */',
    `export const EMBEDDED_SPECS: readonly { readonly name: string; readonly text: string }[] = ${JSON.stringify(files, null, 2)};`,
    '',
  ].join('\n');
}

async function generateTypes(name: string): Promise<string> {
  const text = await compileFromFile(path.join(ROOT, 'schemas', `${name}.schema.json`), {
    cwd: path.join(ROOT, 'schemas'),
    additionalProperties: false,
    bannerComment: `// Generated from schemas/${name}.schema.json by scripts/generate-types.ts. Do not edit.`,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 110, trailingComma: 'all' },
  });
  return text;
}

if (import.meta.main) {
  for (const [file, text] of await generateAll()) {
    if ((await readFile(file, 'utf8').catch(() => '')) !== text) await writeFile(file, text);
  }
}
