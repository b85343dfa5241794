import type { Node } from 'jsonc-parser';
import { EntryList, endOf } from './entry-list.ts';
import { writeJson } from './json-layout.ts';

/** The text of a manifest in which an entry says `pinned: true`, or does not; nothing else of it is touched. */
export function withPin(text: string, index: number, pinned: boolean): string {
  const list = new EntryList(text);
  const entry = list.entries[index];
  if (entry === undefined) return text;
  const mark = marksOf(entry).at(-1);
  if (mark === undefined) return pinned ? withNewMark(list, entry) : text;
  if (!pinned) return withPin(withoutField(list, entry, mark), index, false);
  const value = mark.children![1]!;
  return list.replaced(value.offset, endOf(value), 'true');
}

/** Its `pinned` fields. A key may be there more than once; the last counts. */
function marksOf(entry: Node): Node[] {
  if (entry.type !== 'object') return [];
  return (entry.children ?? []).filter(({ children }) => children?.[0]?.value === 'pinned');
}

/** A bare URL becomes an object, which can carry the mark. */
function withNewMark(list: EntryList, entry: Node): string {
  const layout = list.entryLayout();
  if (entry.type === 'string') {
    const location = String(entry.value);
    const marked = { [/^s3:/i.test(location) ? 's3_url' : 'url']: location, pinned: true };
    return list.replaced(entry.offset, endOf(entry), writeJson(marked, layout, list.entryIndent()));
  }
  const [last, previous] = [entry.children?.at(-1), entry.children?.at(-2)];
  if (last === undefined) return list.replaced(entry.offset, endOf(entry), '{"pinned": true}');
  const lead = list.text.slice(previous === undefined ? entry.offset + 1 : endOf(previous), last.offset);
  const alone = `,${/^ *$/.test(lead) && layout.spaced ? ' ' : lead}`;
  const field = layout.spaced || lead.includes('\n') ? '"pinned": true' : '"pinned":true';
  return list.replaced(endOf(last), endOf(last), (previous === undefined ? alone : lead) + field);
}

function withoutField(list: EntryList, entry: Node, field: Node): string {
  const fields = entry.children!;
  const at = fields.indexOf(field);
  const [before, behind] = [fields[at - 1], fields[at + 1]];
  if (behind !== undefined) return list.replaced(field.offset, behind.offset, '');
  return list.replaced(before === undefined ? field.offset : endOf(before), endOf(field), '');
}
