import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const SCHEMAS = join(import.meta.dirname, '../../schemas');
const BASE = 'https://callsheet.dev/schemas/v1/openapi.json';

type Json = Record<string, unknown>;

interface Media {
  readonly schema: Json;
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
}

/** Holds requests and responses of a server against `schemas/openapi.json`: what it does not name is wrong. */
export class OpenApiCheck {
  readonly operations: readonly DocumentedOperation[];
  /** Operations that were answered well at least once. */
  readonly seen = new Set<string>();
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly document: Json;

  constructor() {
    this.document = close(read('openapi.json')) as Json;
    this.ajv.addFormat(
      'actor-id',
      (text: string) => text !== '' && text !== '.' && text !== '..' && !/[/\\{}]/.test(text),
    );
    this.ajv.addSchema(read('plan.schema.json')).addSchema({ $id: BASE, ...this.document });
    this.operations = operationsOf(this.document);
  }

  /** Throws unless the document foresees this request and this response to it. */
  async check(method: string, url: string, requestBody: unknown, response: Response): Promise<unknown> {
    const path = new URL(url).pathname.replace('/api/v1', '');
    const operation = this.operations.find(
      (one) => one.method === method.toLowerCase() && matches(one.path, path),
    );
    if (operation === undefined) throw new Error(`${method} ${path} is not in the document`);
    const sent = operation.requestBody?.content['application/json']?.schema;
    if (response.ok && sent !== undefined)
      this.hold(sent, requestBody, `request of ${operation.operationId}`);
    const documented =
      operation.responses[String(response.status)] ?? (response.ok ? undefined : this.problem());
    if (documented === undefined)
      throw new Error(`${operation.operationId} answers ${response.status}, which is not in the document`);
    if (response.ok) this.seen.add(operation.operationId);
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    if (documented.content === undefined) {
      if (type !== '') throw new Error(`${operation.operationId} answers with a body of ${type}`);
      return undefined;
    }
    const media = documented.content[type];
    if (media === undefined) throw new Error(`${operation.operationId} answers ${type}`);
    if (!type.includes('json')) return undefined;
    const body: unknown = await response.json();
    this.hold(media.schema, body, `response of ${operation.operationId}`);
    return body;
  }

  private problem(): DocumentedOperation['responses'][string] {
    const { responses } = this.document.components as { responses: DocumentedOperation['responses'] };
    return responses.Problem!;
  }

  private hold(schema: Json, value: unknown, what: string): void {
    const rooted = JSON.parse(
      JSON.stringify(schema)
        .replaceAll('"$ref":"#/', `"$ref":"${BASE}#/`)
        .replaceAll('"$ref":"plan.schema.json', '"$ref":"https://callsheet.dev/schemas/v1/plan.schema.json'),
    );
    if (!this.ajv.validate(rooted, value))
      throw new Error(`${what}: ${this.ajv.errorsText()} in ${JSON.stringify(value).slice(0, 2000)}`);
  }
}

function read(name: string): Json {
  return JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8'));
}

function operationsOf(document: Json): DocumentedOperation[] {
  return Object.entries(document.paths as Record<string, Record<string, Json>>).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => method !== 'parameters')
      .map(([method, operation]) => ({ ...operation, method, path }) as unknown as DocumentedOperation),
  );
}

/** Clients must put up with fields that they do not know; the server of this version must not send any. */
function close(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(close);
  if (typeof value !== 'object' || value === null) return value;
  const closed = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, close(inner)]));
  const isObject = closed.type === 'object' && 'properties' in closed && !('additionalProperties' in closed);
  return isObject ? { ...closed, additionalProperties: false } : closed;
}

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);
}
