import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import distribution from '../../schemas/distribution.schema.json' with { type: 'json' };
import library from '../../schemas/library.schema.json' with { type: 'json' };
import metadata from '../../schemas/metadata.schema.json' with { type: 'json' };
import promptLibrary from '../../schemas/prompt-library.schema.json' with { type: 'json' };
import taxonomy from '../../schemas/taxonomy.schema.json' with { type: 'json' };

export const API_VERSION = 'callsheet.dev/v1';

const SCHEMAS = {
  Library: library,
  Taxonomy: taxonomy,
  Distribution: distribution,
  PromptLibrary: promptLibrary,
};

export type SpecKind = keyof typeof SCHEMAS;

export const SPEC_KINDS = Object.keys(SCHEMAS) as SpecKind[];

/** One schema or part of one, as far as messages need it. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly description?: string;
  readonly patternErrorMessage?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

let compiler: Ajv2020 | undefined;
const validators = new Map<SpecKind, ValidateFunction>();

/** The validator of a kind; compiled when it is first needed. */
export function validatorOf(kind: SpecKind): ValidateFunction {
  let validator = validators.get(kind);
  if (validator === undefined) {
    compiler ??= createCompiler();
    validator = compiler.compile(SCHEMAS[kind]);
    validators.set(kind, validator);
  }
  return validator;
}

export function schemaOf(kind: SpecKind): SchemaNode {
  return SCHEMAS[kind] as SchemaNode;
}

/** Follows `$ref` within a schema, or to the shared metadata. */
export function resolveSchema(root: SchemaNode, node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  if (node.$ref.startsWith('#/$defs/')) return root.$defs?.[node.$ref.slice('#/$defs/'.length)] ?? {};
  return metadata as SchemaNode;
}

function createCompiler(): Ajv2020 {
  // The schemas are checked against their meta-schema by a test: doing it here would be half of the start-up.
  const options = {
    strict: true,
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    validateSchema: false,
  };
  const ajv = new Ajv2020(options);
  // Words for a pattern that did not match; editors show them too.
  ajv.addKeyword('patternErrorMessage');
  ajv.addSchema(metadata);
  return ajv;
}
