import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import document from '../../schemas/openapi.json' with { type: 'json' };
import planSchema from '../../schemas/plan.schema.json' with { type: 'json' };
import { CallsheetError } from '../diagnostics/errors.ts';
import { isActorId } from '../library/url-template.ts';
import type { Role } from './identity.ts';

const BASE = 'https://callsheet.dev/schemas/v1/openapi.json';

type Json = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Json;
}

/** One operation of `schemas/openapi.json`: the document decides paths, roles, parameters and bodies; the code only answers. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** With `{name}` in it, below `/api/v1`. */
  readonly path: string;
  readonly role: Role | 'none';
  readonly takesBody: boolean;
  /** @throws CallsheetError `invalid-input`. */
  checkParameters(
    path: Readonly<Record<string, string>>,
    query: URLSearchParams,
  ): Readonly<Record<string, unknown>>;
  /** @throws CallsheetError `invalid-input`. */
  checkBody(body: unknown): unknown;
}

export const openApiDocument: Json = document;
export const openApiPlanSchema: Json = planSchema;

/** Every operation of the document. */
export function readOperations(): Operation[] {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  const coercing = new Ajv2020({ strict: false, coerceTypes: 'array', useDefaults: true });
  for (const one of [ajv, coercing]) {
    one.addFormat('actor-id', isActorId);
    one.addSchema(planSchema).addSchema({ $id: BASE, ...document });
  }
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const { parameters: shared = [], ...methods } = item as { parameters?: unknown[] } & Record<
      string,
      unknown
    >;
    return Object.entries(methods).map(([method, operation]) =>
      operationOf(method, path, operation as OperationObject, shared, ajv, coercing),
    );
  });
}

interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly unknown[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
  readonly 'x-role'?: Role | 'none';
}

function operationOf(
  method: string,
  path: string,
  operation: OperationObject,
  shared: readonly unknown[],
  ajv: Ajv2020,
  coercing: Ajv2020,
): Operation {
  const parameters = [...shared, ...(operation.parameters ?? [])].map(resolved);
  const bodySchema = operation.requestBody?.content['application/json']?.schema;
  const inPath = compileLater(coercing, () =>
    objectOf(parameters.filter((parameter) => parameter.in === 'path')),
  );
  const inQuery = compileLater(coercing, () =>
    objectOf(parameters.filter((parameter) => parameter.in === 'query')),
  );
  const inBody = compileLater(ajv, () => rooted(bodySchema ?? {}));
  return {
    id: operation.operationId,
    method,
    path,
    role: operation['x-role'] ?? 'viewer',
    takesBody: bodySchema !== undefined,
    checkParameters: (values, query) => ({
      ...checked(inPath(), { ...values }, 'path'),
      ...checked(inQuery(), queryObject(query, parameters), 'query'),
    }),
    checkBody: (body) => checked(inBody(), body, 'body'),
  };
}

/** Schemas are compiled when first needed: a controller that nobody asks compiles none. */
function compileLater(
  ajv: Ajv2020,
  schemaOf: () => Json,
): () => ValidateFunction<Readonly<Record<string, unknown>>> {
  let compiled: ValidateFunction<Readonly<Record<string, unknown>>> | undefined;
  return () => (compiled ??= ajv.compile<Readonly<Record<string, unknown>>>(schemaOf()));
}

function checked(
  validate: ValidateFunction<Readonly<Record<string, unknown>>>,
  value: unknown,
  place: string,
): Readonly<Record<string, unknown>> {
  if (validate(value)) return value;
  throw new CallsheetError(
    'invalid-input',
    `the request's ${place} is wrong: ${describe(validate.errors?.[0])}`,
    {
      hint: 'GET /api/v1/openapi.json says what each operation takes.',
    },
  );
}

function describe(error: ErrorObject | undefined): string {
  if (error === undefined) return 'it does not match';
  const where = error.instancePath === '' ? 'it' : error.instancePath.slice(1).replaceAll('/', '.');
  const what =
    error.keyword === 'additionalProperties'
      ? `does not take "${String(error.params.additionalProperty)}"`
      : error.message;
  return `${where} ${what ?? 'is wrong'}`;
}

function objectOf(parameters: readonly Parameter[]): Json {
  return {
    type: 'object',
    additionalProperties: false,
    required: parameters.filter(({ required }) => required === true).map(({ name }) => name),
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, rooted(schema)])),
  };
}

/** A name that comes once is a text, and becomes a list where one is expected; one that comes several times is a list. */
function queryObject(query: URLSearchParams, parameters: readonly Parameter[]): Record<string, unknown> {
  const known = new Set(parameters.map(({ name }) => name));
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const all = query.getAll(name);
      return [known.has(name) ? name : name.slice(0, 50), all.length === 1 ? all[0] : all];
    }),
  );
}

/** Points the references inside a schema at the document that it was taken from. */
function rooted(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${BASE}#/`)) as Json;
}

function resolved(parameter: unknown): Parameter {
  const reference = (parameter as { $ref?: string }).$ref;
  if (reference === undefined) return parameter as Parameter;
  const name = reference.slice('#/components/parameters/'.length);
  return (document.components.parameters as unknown as Readonly<Record<string, Parameter>>)[name]!;
}
