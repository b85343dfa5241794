import { type Alias, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import { quotedText } from '../diagnostics/visible-text.ts';
import type { NodePath, ProblemCode } from './problems.ts';

/** Levels of nesting; the deepest document that means anything has 8. */
const MAX_DEPTH = 50;
/** Nodes that aliases may stand for, in all: enough for honest reuse, too few for a bomb. */
const MAX_ALIASED_NODES = 10_000;

/** Tags that say what YAML would take a value for anyway. */
const PLAIN_TAGS = new Set([
  '!',
  ...['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
]);

/** A problem found on the way, with the node it is at. */
export interface YamlProblem {
  readonly code: ProblemCode;
  readonly node: Node;
  readonly path: NodePath;
  readonly detail: string;
}

export interface YamlValue {
  readonly value: unknown;
  readonly problems: readonly YamlProblem[];
  /** What each alias stands for. */
  readonly aliases: ReadonlyMap<Alias, Node>;
}

/**
 * Turns a parsed YAML document into plain values, in time and memory that its text bounds: aliases are counted, nesting is bounded,
 * a key may occur once, and keys that JavaScript treats specially are refused.
 */
export function readYamlValue(contents: Node): YamlValue {
  const reader = new YamlReader();
  const value = reader.read(contents, []);
  return { value, problems: reader.problems, aliases: reader.aliases };
}

class YamlReader {
  readonly problems: YamlProblem[] = [];
  readonly aliases = new Map<Alias, Node>();
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #aliasDepth = 0;
  #aliasedNodes = 0;
  #stopped = false;

  read(node: unknown, path: NodePath): unknown {
    if (this.#stopped || node === null || node === undefined) return null;
    if (isAlias(node)) return this.#readAlias(node, path);
    const known = node as Node & { anchor?: string };
    if (known.anchor !== undefined) this.#anchors.set(known.anchor, known);
    if (path.length > MAX_DEPTH) {
      return this.#stop(
        'too-deep',
        known,
        path,
        `Documents may be nested ${MAX_DEPTH} levels deep, no deeper.`,
      );
    }
    if (this.#aliasDepth > 0 && ++this.#aliasedNodes > MAX_ALIASED_NODES) {
      const detail = `The aliases (*name) of this document stand for more than ${MAX_ALIASED_NODES} values. Write the values out, or use fewer aliases.`;
      return this.#stop('too-many-aliases', known, path, detail);
    }
    this.#refuseTag(known, path);
    if (isScalar(node)) return node.value;
    this.#open.add(known);
    const value = isSeq(node)
      ? node.items.map((item, index) => this.read(item, [...path, index]))
      : this.#readMap(node, path);
    this.#open.delete(known);
    return value;
  }

  #readAlias(alias: Alias, path: NodePath): unknown {
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      return this.#report(
        'yaml-syntax',
        alias,
        path,
        `There is no anchor named ${quotedText(alias.source)} before this alias. A text that begins with * needs quotes.`,
      );
    }
    if (this.#open.has(target)) {
      return this.#stop(
        'too-many-aliases',
        alias,
        path,
        'This alias stands for something that contains the alias itself.',
      );
    }
    this.aliases.set(alias, target);
    this.#aliasDepth += 1;
    const value = this.read(target, path);
    this.#aliasDepth -= 1;
    return value;
  }

  #readMap(node: unknown, path: NodePath): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    if (!isMap(node)) return value;
    const seen = new Set<string>();
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const keyNode = pair.key as Node | null;
      const key = this.#readKey(keyNode, node, path);
      if (key === undefined) continue;
      if (seen.has(key)) {
        const detail = `${quotedText(key)} occurs twice in this mapping. Keep one of the two.`;
        this.#report('duplicate-key', keyNode ?? node, path, detail);
        continue;
      }
      seen.add(key);
      value[key] = this.read(pair.value, [...path, key]);
    }
    return value;
  }

  #readKey(keyNode: Node | null, map: Node, path: NodePath): string | undefined {
    const plain = isAlias(keyNode) ? this.#anchors.get(keyNode.source) : keyNode;
    if (!isScalar(plain) || plain.value === null) {
      this.#report('forbidden-key', keyNode ?? map, path, 'A key must be a plain word.');
      return undefined;
    }
    const { value, source } = plain as Scalar;
    const key = typeof value === 'string' ? value : (source ?? String(value));
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
      this.#report(
        'forbidden-key',
        keyNode ?? map,
        path,
        `${quotedText(key)} cannot be used as a key. Choose another name.`,
      );
      return undefined;
    }
    return key;
  }

  #refuseTag(node: Node, path: NodePath): void {
    const { tag } = node as { tag?: string };
    if (tag === undefined || PLAIN_TAGS.has(tag)) return;
    this.#report(
      'yaml-syntax',
      node,
      path,
      `The tag ${quotedText(tag)} is not allowed. Write the plain value.`,
    );
  }

  #report(code: ProblemCode, node: Node, path: NodePath, detail: string): null {
    this.problems.push({ code, node, path, detail });
    return null;
  }

  /** Reports what makes reading on pointless or dangerous. */
  #stop(code: ProblemCode, node: Node, path: NodePath, detail: string): null {
    this.#stopped = true;
    return this.#report(code, node, path, detail);
  }
}
