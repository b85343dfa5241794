import { changeDocument } from '../state-backend/change-document.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

/**
 * Who uses the images of one actor's folder besides that actor: `state/borrowed/<id>.json`. A hint where to look, written when a
 * borrower is looked at; the borrower's own manifest says whether it still holds.
 */
interface Borrowed {
  readonly formatVersion: '1.0';
  /** Actors by the image that they use, in canonical form. */
  readonly images: Readonly<Record<string, readonly string[]>>;
}

const NOTHING: Borrowed = { formatVersion: '1.0', images: {} };

/** Notes that `borrower` uses these images of `owner`'s folder. Writes only what is new. */
export async function noteBorrowed(
  state: StateBackend,
  owner: string,
  borrower: string,
  images: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const change = (before: Borrowed): Borrowed => {
    const fresh = images.filter((image) => before.images[image]?.includes(borrower) !== true);
    if (fresh.length === 0) return before;
    const added = fresh.map((image) => [image, [...(before.images[image] ?? []), borrower].sort()] as const);
    return { ...before, images: { ...before.images, ...Object.fromEntries(added) } };
  };
  await changeDocument(state, pathOf(owner), NOTHING, change, signal);
}

/** Actors that were seen to use an image of `owner`'s folder. */
export async function borrowersOf(
  state: StateBackend,
  owner: string,
  image: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const borrowed = await state.read<Borrowed>(pathOf(owner), signal);
  return borrowed?.value.images[image] ?? [];
}

function pathOf(owner: string): string {
  return `borrowed/${owner}.json`;
}
