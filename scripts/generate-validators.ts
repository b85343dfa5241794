/**
 * The validators of spec documents and plan files as code. Compiling the schemas anew takes a third of the time of a short command; this is done once,
 * here. Part of `npm run generate`.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

const SCHEMAS = path.join(import.meta.dirname, '..', 'schemas');
const KINDS = {
  Library: 'library',
  Taxonomy: 'taxonomy',
  Distribution: 'distribution',
  PromptLibrary: 'prompt-library',
} as const;

const BANNER = '// Generated from schemas/ by scripts/generate-validators.ts. Do not edit.';

/** A module, and the declarations that tell TypeScript what it exports. */
export interface ValidatorModule {
  readonly code: string;
  readonly types: string;
}

/** Of plan files. */
export async function generatePlanValidator(): Promise<ValidatorModule> {
  const ajv = new Ajv2020({
    strict: true,
    discriminator: true,
    code: { source: true, esm: true, lines: true },
  });
  const schema = await readSchema('plan');
  ajv.addSchema(schema);
  return moduleOf(standalone.default(ajv, { isPlan: schema.$id }), ['isPlan']);
}

/** Of spec documents, one for each kind. */
export async function generateSpecValidators(): Promise<ValidatorModule> {
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  // Words for a pattern that did not match; editors show them too.
  ajv.addKeyword('patternErrorMessage');
  ajv.addSchema(await readSchema('metadata'));
  const ids: Record<string, string> = {};
  for (const [kind, name] of Object.entries(KINDS)) {
    const schema = await readSchema(name);
    ajv.addSchema(schema);
    ids[kind] = schema.$id;
  }
  return moduleOf(standalone.default(ajv, ids), Object.keys(KINDS));
}

function moduleOf(code: string, names: readonly string[]): ValidatorModule {
  const declared = names.map((name) => `export declare const ${name}: ValidateFunction;`);
  return {
    code: `${BANNER}\n${asModule(code)}\n`,
    types: `${BANNER}\nimport type { ValidateFunction } from 'ajv';\n\n${declared.join('\n')}\n`,
  };
}

/** Ajv writes `require` for its helpers even into modules. They are CommonJS, whose default is not the same to every loader. */
function asModule(code: string): string {
  const imports = new Map<string, string>();
  const body = code
    .replace('"use strict";', '')
    .replaceAll(/require\("(ajv\/dist\/runtime\/(\w+))"\)\.default/g, (_, module: string, name: string) => {
      imports.set(name, `import ${name}Module from '${module}.js';`);
      return `(${name}Module.default ?? ${name}Module)`;
    });
  return [...imports.values(), body].join('\n');
}

async function readSchema(name: string): Promise<{ readonly $id: string }> {
  return JSON.parse(await readFile(path.join(SCHEMAS, `${name}.schema.json`), 'utf8'));
}
