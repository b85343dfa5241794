import type { ValidateFunction } from 'ajv';
import distribution from '../../schemas/distribution.schema.json' with { type: 'json' };
import library from '../../schemas/library.schema.json' with { type: 'json' };
import metadata from '../../schemas/metadata.schema.json' with { type: 'json' };
import promptLibrary from '../../schemas/prompt-library.schema.json' with { type: 'json' };
import taxonomy from '../../schemas/taxonomy.schema.json' with { type: 'json' };
import { Distribution, Library, PromptLibrary, Taxonomy } from './validators.generated.js';

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

const VALIDATORS: Readonly<Record<SpecKind, ValidateFunction>> = {
  Library,
  Taxonomy,
  Distribution,
  PromptLibrary,
};

/** The validator of a kind: generated, since compiling the schemas takes longer than all else that a short command does. */
export function validatorOf(kind: SpecKind): ValidateFunction {
  return VALIDATORS[kind];
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
