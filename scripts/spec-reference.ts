import { PROBLEMS } from '../controller/spec/problems.ts';
import { resolveSchema, type SchemaNode } from '../controller/spec/schemas.ts';

/** A schema node with what only the documentation needs. */
interface DocumentedSchema extends SchemaNode {
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Puts the parts that are derived from schemas and code between their markers in `docs/specs.md`. */
export function fillSpecReference(page: string, schemas: Readonly<Record<string, unknown>>): string {
  return page.replace(
    /(<!-- generated: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, open: string, name: string, close: string) => {
      const body = name === 'problems' ? problemTable() : fieldTable(schemas[name] as DocumentedSchema);
      return `${open}\n${body}\n\n${close}`;
    },
  );
}

function fieldTable(root: DocumentedSchema): string {
  const rows: string[] = ['| field | what | value | default |', '| --- | --- | --- | --- |'];
  const start = (root.properties?.spec ?? root) as DocumentedSchema;
  addRows(root, start, root.properties?.spec === undefined ? '' : 'spec', rows);
  return rows.join('\n');
}

function addRows(root: DocumentedSchema, parent: DocumentedSchema, place: string, rows: string[]): void {
  for (const [name, child] of Object.entries(parent.properties ?? {})) {
    addRow(
      root,
      child,
      place === '' ? name : `${place}.${name}`,
      parent.required?.includes(name) === true,
      rows,
    );
  }
  if (typeof parent.additionalProperties === 'object')
    addRow(root, parent.additionalProperties, `${place}.<name>`, false, rows);
}

function addRow(
  root: DocumentedSchema,
  unresolved: SchemaNode,
  place: string,
  required: boolean,
  rows: string[],
): void {
  const node = resolveSchema(root, unresolved) as DocumentedSchema;
  const byDefault =
    node.default === undefined ? (required ? '*required*' : '') : code(JSON.stringify(node.default));
  rows.push(`| ${code(place)} | ${cell(node.description ?? '')} | ${valueCell(node)} | ${byDefault} |`);
  addRows(root, node, place, rows);
  if (node.items !== undefined) {
    const items = resolveSchema(root, node.items) as DocumentedSchema;
    if (items.properties !== undefined) addRows(root, items, `${place}[]`, rows);
  }
}

function valueCell(node: DocumentedSchema): string {
  if (node.const !== undefined) return code(String(node.const));
  if (node.enum !== undefined) return node.enum.map((value) => code(String(value))).join(', ');
  const [example] = node.examples ?? [];
  const type = [node.type ?? []].flat().join(' or ');
  const bounds =
    node.minimum !== undefined && node.maximum !== undefined ? ` ${node.minimum} to ${node.maximum}` : '';
  return `${type}${bounds}${example === undefined ? '' : `, e.g. ${code(typeof example === 'string' ? example : JSON.stringify(example))}`}`;
}

function problemTable(): string {
  const rows = Object.entries(PROBLEMS).map(
    ([name, [summary, severity = 'error']]: [string, readonly [string, string?]]) => {
      return `| ${code(name)} | ${severity} | ${summary} |`;
    },
  );
  return ['| code | severity | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
