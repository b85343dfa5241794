import { resolveSchema, type SchemaNode } from './schemas.ts';

/** Where in a kind's schema a field of this name belongs, as people write it: `spec.limits`, `spec.categories.<name>`. */
export function placesOfField(root: SchemaNode, field: string): string[] {
  const places: string[] = [];
  walkObjects(root, root, '', (node, place) => {
    if (Object.hasOwn(node.properties ?? {}, field))
      places.push(place === '' ? 'the document itself' : place);
  });
  return places.slice(0, 3);
}

/** Visits every object of a schema with the place of its values. */
function walkObjects(
  root: SchemaNode,
  unresolved: SchemaNode,
  place: string,
  visit: (node: SchemaNode, place: string) => void,
): void {
  const node = resolveSchema(root, unresolved);
  visit(node, place);
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    walkObjects(root, child, place === '' ? name : `${place}.${name}`, visit);
  }
  if (typeof node.additionalProperties === 'object')
    walkObjects(root, node.additionalProperties, `${place}.<name>`, visit);
  if (node.items !== undefined) walkObjects(root, node.items, `${place}[]`, visit);
}
