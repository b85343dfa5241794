import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, type Node } from 'yaml';
import type { NodePath } from './problems.ts';

/** Finds nodes of one document by their path. */
export class NodeFinder {
  readonly #root: Node;
  readonly #aliases: ReadonlyMap<Alias, Node>;

  constructor(root: Node, aliases: ReadonlyMap<Alias, Node>) {
    this.#root = root;
    this.#aliases = aliases;
  }

  /** Start and end offset of the node at `path`, or of its key; of the nearest parent that there is otherwise. */
  offsets(path: NodePath, part: 'key' | 'value'): [number, number] {
    let node: unknown = this.#root;
    let key: unknown;
    for (const step of path) {
      const next = this.#child(node, step);
      // A missing field is reported at the key of the mapping that lacks it: the mapping's own range may span many lines.
      if (next === undefined) return offsetsOf((key ?? node) as Node);
      key = next.key ?? key;
      node = next.node;
    }
    return offsetsOf(((part === 'key' ? key : undefined) ?? node ?? key ?? this.#root) as Node);
  }

  source(path: NodePath): string | undefined {
    let node: unknown = this.#root;
    for (const step of path) node = this.#child(node, step)?.node;
    return isScalar(node) ? node.source : undefined;
  }

  #child(parent: unknown, step: string | number): { node: unknown; key?: unknown } | undefined {
    const node = isAlias(parent) ? this.#aliases.get(parent) : parent;
    if (isSeq(node))
      return typeof step === 'number' && step < node.items.length ? { node: node.items[step] } : undefined;
    if (!isMap(node)) return undefined;
    const pair = node.items.find((item) => isPair(item) && keyText(item.key) === String(step));
    return pair === undefined ? undefined : { node: pair.value, key: pair.key };
  }
}

function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** The node's own text, without the white space and comments behind it. */
export function offsetsOf(node: Node): [number, number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}
