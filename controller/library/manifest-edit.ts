import { isDeepStrictEqual } from 'node:util';
import { CallsheetError } from '../diagnostics/errors.ts';
import { EntryList, type WrittenEntry } from './entry-list.ts';
import { withPin } from './entry-pin.ts';
import { addEntry, putEntry, withoutEntry } from './entry-text.ts';

/** Changes to the `images` of a training manifest. Indexes are those of the text as it was before any change. */
export interface ManifestEdit {
  readonly remove?: readonly number[];
  readonly pin?: readonly { readonly index: number; readonly pinned: boolean }[];
  /** Put in so that each ends at its index, in ascending order of index; at the end when the list is shorter. */
  readonly insert?: readonly Insertion[];
  readonly append?: readonly unknown[];
}

export interface Insertion {
  readonly index: number;
  readonly entry: unknown;
  /** How it was written before it was taken out; made up from its neighbours when absent. */
  readonly written?: WrittenEntry;
}

/**
 * Edits the text of a training manifest and touches nothing else in it: unknown fields, their order, number literals and the layout
 * stay as they are. Taking an entry out and putting it back gives the same text. Starts a manifest where there is none (`text` undefined).
 *
 * @throws CallsheetError `corrupt` when the edited text does not say what it should (duplicate keys, for instance): nothing is written then.
 */
export function editManifest(text: string | undefined, actor: string, edit: ManifestEdit): string {
  const before = text ?? `${JSON.stringify({ actor_id: actor, images: [] }, null, 2)}\n`;
  const bom = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  let after = before.slice(bom.length);
  const expected = [...imagesOf(after)];

  for (const { index, pinned } of edit.pin ?? []) {
    after = withPin(after, index, pinned);
    expected[index] = imagesOf(after)[index];
  }
  for (const index of [...(edit.remove ?? [])].sort((a, b) => b - a)) {
    after = withoutEntry(after, index);
    expected.splice(index, 1);
  }
  for (const { index, entry, written } of [...(edit.insert ?? [])].sort((a, b) => a.index - b.index)) {
    const at = Math.min(index, expected.length);
    after = putEntry(after, at, entry, written);
    expected.splice(at, 0, written === undefined ? asJson(entry) : parsed(written.text));
  }
  for (const entry of edit.append ?? []) {
    after = addEntry(after, entry);
    expected.push(asJson(entry));
  }

  if (!isDeepStrictEqual(imagesOf(after), expected)) {
    throw new CallsheetError('corrupt', `the training manifest of actor "${actor}" cannot be edited safely`, {
      hint: 'It probably has the key "images" twice. Mend it by hand; nothing was written.',
    });
  }
  return bom + after;
}

/** How the entries of a manifest are written, by their index, so that each can be put back as it was. */
export function writtenEntries(text: string): WrittenEntry[] {
  return new EntryList(text.replace(/^\uFEFF/, '')).written();
}

function imagesOf(text: string): unknown[] {
  return (parsed(text) as { images?: unknown[] } | undefined)?.images ?? [];
}

/** Undefined for what is not JSON, which is in no list of entries. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value as it reads once it was written. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
