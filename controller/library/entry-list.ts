import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { type JsonLayout, layoutOf } from './json-layout.ts';

/** An entry as it stands in a manifest, to the byte. */
export interface WrittenEntry {
  readonly text: string;
  /** What stands between it and the entry before it, or the beginning of the list. */
  readonly before: string;
  /** What stands between it and the entry behind it, or the end of the list. */
  readonly after: string;
}

/** The list of entries in the text of a manifest. */
export class EntryList {
  readonly text: string;
  readonly entries: readonly Node[];
  /** Offset of the first character inside of the brackets. */
  readonly start: number;
  /** Offset of the closing bracket. */
  readonly end: number;

  constructor(text: string) {
    const root = parseTree(text);
    const list = root === undefined ? undefined : findNodeAtLocation(root, ['images']);
    this.text = text;
    this.entries = list?.children ?? [];
    this.start = list === undefined ? 0 : list.offset + 1;
    this.end = list === undefined ? 0 : list.offset + list.length - 1;
  }

  /** Text before the entry at `index`, back to its neighbour's end. */
  gapBefore(index: number): string {
    const before = this.entries[index - 1];
    return this.text.slice(
      before === undefined ? this.start : endOf(before),
      this.entries[index]?.offset ?? this.end,
    );
  }

  textOf(index: number): string {
    const entry = this.entries[index]!;
    return this.text.slice(entry.offset, endOf(entry));
  }

  written(): WrittenEntry[] {
    return this.entries.map((_, index) => ({
      text: this.textOf(index),
      before: this.gapBefore(index),
      after: this.gapBefore(index + 1),
    }));
  }

  replaced(from: number, to: number, text: string): string {
    return this.text.slice(0, from) + text + this.text.slice(to);
  }

  /** What separates two entries here. */
  separator(): string {
    if (this.entries.length > 1) return this.gapBefore(1);
    const lead = this.gapBefore(0);
    if (lead !== '') return `,${lead}`;
    return layoutOf(this.text).spaced ? ', ' : ',';
  }

  /** White space of the line that the list begins in. */
  lineIndent(): string {
    const line = this.text.slice(this.text.lastIndexOf('\n', this.start - 1) + 1, this.start);
    return /^[ \t]*/.exec(line)![0];
  }

  /** The indentation that an entry has or would have. */
  entryIndent(): string {
    if (this.entries.length === 0) return this.lineIndent() + (layoutOf(this.text).indent ?? '');
    const gap = this.gapBefore(0);
    return gap.includes('\n') ? gap.slice(gap.lastIndexOf('\n') + 1) : '';
  }

  /** The layout of its entries: in a file of many lines each may stand in one. */
  entryLayout(): JsonLayout {
    const layout = layoutOf(this.text);
    const sample = this.entries.findLastIndex(({ type }) => type === 'object');
    if (sample < 0) return layout;
    const text = this.textOf(sample);
    return {
      ...layout,
      indent: text.includes('\n') ? layout.indent : undefined,
      spaced: layoutOf(text).spaced,
    };
  }
}

export function endOf(node: Node): number {
  return node.offset + node.length;
}
