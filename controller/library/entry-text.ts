import { applyEdits, modify } from 'jsonc-parser';
import { EntryList, endOf, type WrittenEntry } from './entry-list.ts';
import { layoutOf, writeJson } from './json-layout.ts';

const GAP = /^\s*,\s*$/;
const BLANK = /^\s*$/;

/** The text of a manifest without the entry at `index`. */
export function withoutEntry(text: string, index: number): string {
  const list = new EntryList(text);
  const [entry, before, behind] = [index, index - 1, index + 1].map((at) => list.entries[at]);
  if (entry === undefined) return text;
  if (behind !== undefined) return list.replaced(entry.offset, behind.offset, '');
  if (before !== undefined) return list.replaced(endOf(before), endOf(entry), '');
  return list.replaced(list.start, list.end, '');
}

/** Adds an entry at the end, written as its neighbours are. */
export function addEntry(text: string, entry: unknown): string {
  return putEntry(text, Number.POSITIVE_INFINITY, entry, undefined);
}

/** Puts an entry in before the one at `index`, or at the end: as it was written before, or else as its neighbours are. */
export function putEntry(
  text: string,
  index: number,
  entry: unknown,
  written: WrittenEntry | undefined,
): string {
  const list = new EntryList(text);
  const body = written?.text ?? writeJson(entry, list.entryLayout(), list.entryIndent());
  const last = list.entries.at(-1);
  if (last === undefined) return putFirst(list, body, written);
  const behind = list.entries[index];
  if (behind !== undefined) {
    const gap = written !== undefined && GAP.test(written.after) ? written.after : list.separator();
    return list.replaced(behind.offset, behind.offset, body + gap);
  }
  const gap = written !== undefined && GAP.test(written.before) ? written.before : list.separator();
  return list.replaced(endOf(last), endOf(last), gap + body);
}

function putFirst(list: EntryList, body: string, written: WrittenEntry | undefined): string {
  const { indent, eol } = layoutOf(list.text);
  const [lead, trail] = indent === undefined ? ['', ''] : [eol + list.entryIndent(), eol + list.lineIndent()];
  const before = written !== undefined && BLANK.test(written.before) ? written.before : lead;
  const after = written !== undefined && BLANK.test(written.after) ? written.after : trail;
  return list.replaced(list.start, list.end, before + body + after);
}

/** An entry's text with another location in `field`; every other byte of it as it was. */
export function withField(text: string, field: string, value: string): string {
  return applyEdits(text, modify(text, [field], value, {}));
}
