import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { suggest, suggestionSentence } from '../diagnostics/suggest.ts';
import { quotedText } from '../diagnostics/visible-text.ts';
import type { ParsedDocument } from './parse.ts';
import { type NodePath, problemAt, toDotted } from './problems.ts';
import { placesOfField } from './schema-fields.ts';
import { resolveSchema, type SchemaNode } from './schemas.ts';

/** Turns the errors of the JSON Schema validator into problems: one for each mistake, in words, at its place. */
export function schemaProblems(
  document: ParsedDocument,
  schema: SchemaNode,
  errors: readonly ErrorObject[],
): Diagnostic[] {
  const unknown = errors.filter((error) => error.keyword === 'additionalProperties');
  return errors
    .filter((error) => error.keyword !== 'propertyNames' && !isExplainedByTypo(error, unknown))
    .map((error) => toProblem(document, schema, error));
}

/** A field that is missing because its name is misspelt: the misspelt one is reported, with the right name. */
function isExplainedByTypo(error: ErrorObject, unknown: readonly ErrorObject[]): boolean {
  if (error.keyword !== 'required') return false;
  const missing = String(error.params.missingProperty);
  return unknown.some(
    (other) =>
      other.instancePath === error.instancePath &&
      suggest(String(other.params.additionalProperty), [missing]) === missing,
  );
}

function toProblem(document: ParsedDocument, root: SchemaNode, error: ErrorObject): Diagnostic {
  const path = fromPointer(error.instancePath, document.value);
  const schema = (error.parentSchema ?? {}) as SchemaNode;
  if (error.propertyName !== undefined) return nameProblem(document, path, error);
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownField(document, root, path, schema, String(error.params.additionalProperty));
    case 'required':
      return missingField(document, root, path, schema, String(error.params.missingProperty));
    case 'type':
      return wrongType(document, path, error);
    default:
      return problemAt(document, 'invalid-value', path, valueDetail(path, error));
  }
}

function unknownField(
  document: ParsedDocument,
  root: SchemaNode,
  path: NodePath,
  schema: SchemaNode,
  field: string,
): Diagnostic {
  const where = path.length === 0 ? 'a document' : toDotted(path);
  const known = Object.keys(schema.properties ?? {});
  const missing = known.filter(
    (name) => !Object.hasOwn((valueAt(document.value, path) ?? {}) as object, name),
  );
  const elsewhere = placesOfField(root, field);
  const near = suggest(field, missing) ?? suggest(field, known);
  const advice =
    near === undefined && elsewhere.length > 0
      ? `It belongs to ${elsewhere.map((place) => `${place}`).join(' or ')}.`
      : suggestionSentence(field, near === undefined ? known : [near], 'Fields');
  const detail = `${quotedText(field)} is not a field of ${where}. ${advice}`;
  return problemAt(document, 'unknown-field', [...path, field], detail, 'key');
}

function missingField(
  document: ParsedDocument,
  root: SchemaNode,
  path: NodePath,
  schema: SchemaNode,
  field: string,
): Diagnostic {
  const about = resolveSchema(root, schema.properties?.[field] ?? {}).description?.split(/(?<=\.) /)[0];
  const detail = `${toDotted([...path, field])} is missing${about === undefined ? '.' : `: ${lowerFirst(about)}`}`;
  return problemAt(document, 'missing-field', path, detail, 'key');
}

function wrongType(document: ParsedDocument, path: NodePath, error: ErrorObject): Diagnostic {
  const expected = [error.params.type].flat().map(String);
  const source = document.sourceOf(path);
  const found = describe(error.data, source);
  const detail = `${toDotted(path)} must be ${expected.map(typeName).join(' or ')}, and this is ${found}.${typeAdvice(expected, error.data, source)}${expected.length === 1 && expected[0] === 'object' ? ` ${fieldsOf(error.parentSchema as SchemaNode)}` : ''}`;
  return problemAt(document, 'wrong-type', path, detail, error.data === null ? 'key' : 'value');
}

/** What to write instead, where YAML reads a word otherwise than people do. */
function typeAdvice(expected: readonly string[], data: unknown, source: string | undefined): string {
  const numeric = expected.includes('number') || expected.includes('integer');
  if (expected.includes('string') && !numeric && source !== undefined && typeof data !== 'string')
    return ` Write it in quotes: "${source}".`;
  if (expected.includes('boolean') && typeof data === 'string') {
    if (/^(y|yes|on)$/i.test(data)) return ' Write true.';
    if (/^(n|no|off)$/i.test(data)) return ' Write false.';
  }
  if (numeric && typeof data === 'string' && /^\s*-?\d+(\.\d+)?\s*%?\s*$/.test(data)) {
    return ` Write ${Number.parseFloat(data)} without quotes or signs.`;
  }
  if (expected.includes('integer') && typeof data === 'number') return ` Write ${Math.round(data)}.`;
  if (expected.includes('array') && typeof data === 'string')
    return ` Write a list: [${JSON.stringify(data)}].`;
  return '';
}

function valueDetail(path: NodePath, error: ErrorObject): string {
  const name = toDotted(path);
  const schema = (error.parentSchema ?? {}) as SchemaNode;
  const limit = String(error.params.limit ?? '');
  const value = typeof error.data === 'string' ? quotedText(error.data) : String(error.data);
  switch (error.keyword) {
    case 'enum': {
      const allowed = (error.params.allowedValues as unknown[]).map(String);
      return `${name} cannot be ${value}. ${suggestionSentence(String(error.data), allowed, 'It is one of')}`;
    }
    case 'const':
      return `${name} must be "${String(error.params.allowedValue)}".`;
    case 'pattern':
      return `${name} is ${value}; it must be ${schema.patternErrorMessage ?? 'written otherwise'}.`;
    case 'minimum':
      return `${name} is ${value}; the least is ${limit}.`;
    case 'maximum':
      return `${name} is ${value}; the most is ${limit}.`;
    case 'minLength':
      return `${name} is empty. Write something, or leave the field out.`;
    case 'maxLength':
      return `${name} is longer than ${limit} characters.`;
    case 'minItems':
      return `${name} is an empty list. Name at least ${limit}, or leave the field out.`;
    case 'maxItems':
      return `${name} has more than ${limit} entries.`;
    case 'uniqueItems':
      return `${name} names the same thing twice (entries ${Number(error.params.j) + 1} and ${Number(error.params.i) + 1}).`;
    case 'minProperties':
      return `${name} is empty. ${fieldsOf(schema)}`;
    case 'maxProperties':
      return `${name} has more than ${limit} field${limit === '1' ? '' : 's'}. ${limit === '1' ? 'Keep one of them.' : ''}`.trim();
    default:
      return `${name} ${error.message ?? 'is not allowed'}.`;
  }
}

function nameProblem(document: ParsedDocument, path: NodePath, error: ErrorObject): Diagnostic {
  const name = String(error.propertyName);
  const schema = (error.parentSchema ?? {}) as SchemaNode;
  const rule =
    error.keyword === 'pattern'
      ? `it must be ${schema.patternErrorMessage ?? 'written otherwise'}`
      : `it may have ${String(error.params.limit)} characters`;
  const detail = `${quotedText(name)} cannot be a name in ${toDotted(path)}: ${rule}.`;
  return problemAt(document, 'invalid-name', [...path, name], detail, 'key');
}

function fieldsOf(schema: SchemaNode): string {
  const fields = Object.keys(schema.properties ?? {}).map((field) => `"${field}"`);
  return fields.length === 0 ? 'Write at least one entry.' : `Its fields are ${fields.join(', ')}.`;
}

function describe(data: unknown, source: string | undefined): string {
  if (data === null) return 'empty';
  if (Array.isArray(data)) return 'a list';
  if (typeof data === 'object') return 'a mapping';
  if (typeof data === 'string') return `the text ${quotedText(data)}`;
  return `the ${typeof data === 'number' ? 'number' : 'truth value'} ${source ?? String(data)}`;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'empty',
};

function typeName(type: string): string {
  return TYPE_NAMES[type] ?? type;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The steps of a JSON pointer; a step into a list is a number. */
function fromPointer(pointer: string, root: unknown): (string | number)[] {
  const path: (string | number)[] = [];
  let value = root;
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(step) : step);
    value = (value as Record<string, unknown> | undefined)?.[step];
  }
  return path;
}

function valueAt(root: unknown, path: NodePath): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown> | undefined)?.[step],
    root,
  );
}
