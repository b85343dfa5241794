import { isDeepStrictEqual } from 'node:util';
import { applyEdits, type FormattingOptions, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import { CallsheetError } from '../diagnostics/errors.ts';

/** Changes to the `images` of a training manifest. Indexes are those of the text as it was before any change. */
export interface ManifestEdit {
  readonly remove?: readonly number[];
  readonly replace?: readonly { readonly index: number; readonly entry: unknown }[];
  /** Put in so that each ends at its index, in ascending order of index; at the end when the list is shorter. */
  readonly insert?: readonly { readonly index: number; readonly entry: unknown }[];
  readonly append?: readonly unknown[];
}

/**
 * Edits the text of a training manifest and touches nothing else in it: unknown fields, their order, number literals and the layout
 * stay as they are. Starts a manifest where there is none (`text` undefined).
 *
 * @throws CallsheetError `corrupt` when the edited text does not say what it should (duplicate keys, for instance): nothing is written then.
 */
export function editManifest(text: string | undefined, actor: string, edit: ManifestEdit): string {
  const before = text ?? `${JSON.stringify({ actor_id: actor, images: [] }, null, 2)}\n`;
  const formattingOptions = layoutOf(before);
  const bom = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  let after = before.slice(bom.length);
  const expected = [...((JSON.parse(after) as { images: unknown[] }).images ?? [])];
  const change = (index: number, entry: unknown, isArrayInsertion = false) => {
    after = applyEdits(
      after,
      modify(after, ['images', index], entry, { formattingOptions, isArrayInsertion }),
    );
  };

  for (const { index, entry } of edit.replace ?? []) {
    change(index, entry);
    expected[index] = entry;
  }
  for (const index of [...(edit.remove ?? [])].sort((a, b) => b - a)) {
    after = withoutEntry(after, index);
    expected.splice(index, 1);
  }
  for (const { index, entry } of [...(edit.insert ?? [])].sort((a, b) => a.index - b.index)) {
    const at = Math.min(index, expected.length);
    change(at === expected.length ? -1 : at, entry, true);
    expected.splice(at, 0, entry);
  }
  for (const entry of edit.append ?? []) {
    change(-1, entry, true);
    expected.push(entry);
  }

  const result = (JSON.parse(after) as { images: unknown }).images;
  if (!isDeepStrictEqual(result, JSON.parse(JSON.stringify(expected)))) {
    throw new CallsheetError('corrupt', `the training manifest of actor "${actor}" cannot be edited safely`, {
      hint: 'It probably has the key "images" twice. Mend it by hand; nothing was written.',
    });
  }
  return bom + after;
}

/** Not with `modify`, which takes the last entry of a file in one line for one that has white space behind it. */
function withoutEntry(text: string, index: number): string {
  const list = findNodeAtLocation(parseTree(text)!, ['images']);
  const [entry, before, behind] = [index, index - 1, index + 1].map((at) => list?.children?.[at]);
  if (list === undefined || entry === undefined) return text;
  const [from, to] =
    behind !== undefined
      ? [entry.offset, behind.offset]
      : before !== undefined
        ? [before.offset + before.length, entry.offset + entry.length]
        : [list.offset + 1, list.offset + list.length - 1];
  return text.slice(0, from) + text.slice(to);
}

/** The indentation and line ends that the file already has. */
function layoutOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const insertSpaces = !indent.startsWith('\t');
  return {
    insertSpaces,
    tabSize: insertSpaces ? indent.length : 1,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
