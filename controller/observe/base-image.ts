import { isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { Actor } from '../library/actor-manifest.ts';
import { type LibraryLayout, locationIn } from '../library/layout.ts';
import { formatLocation, type Location, publicPart } from '../library/location.ts';
import { formatNumber } from '../views/text.ts';
import type { Observing } from './observing.ts';

/** Why nothing can be made from an actor's base image, and what to do about it: a sentence without its full stop, and one with it. */
export interface BaseProblem {
  readonly message: string;
  readonly remedy: string;
}

/** Where an actor's base image is; undefined when there is none, or in no store of ours. */
export function baseImageOf(layout: LibraryLayout, { baseImage }: Actor): Location | undefined {
  try {
    return baseImage === undefined ? undefined : locationIn(layout, baseImage);
  } catch {
    return undefined;
  }
}

/** Asks whether an actor's base image is there, without reading it. Undefined: it is, as far as that tells. */
export async function problemOfBase(
  observing: Pick<Observing, 'stores' | 'layout' | 'limits'>,
  actor: Actor,
  signal?: AbortSignal,
): Promise<BaseProblem | undefined> {
  const { layout } = observing;
  const file = formatLocation(layout.actors.at(actor.id), layout.root);
  if (actor.baseImage === undefined) {
    return { message: `Actor "${actor.id}" has no base image`, remedy: `Set base_image in ${file}.` };
  }
  const what = await whatIsWrong(observing, actor.baseImage, signal);
  if (what === undefined) return undefined;
  const remedy = `Put the picture there, or correct base_image in ${file}.`;
  return { message: `The base image ${nameOf(layout, actor)} ${what}`, remedy };
}

/** Plans, runs and statuses keep what is said of it: of a signed URL only where it points to. */
function nameOf(layout: LibraryLayout, actor: Actor): string {
  const location = baseImageOf(layout, actor);
  return location?.kind === 's3' ? formatLocation(location, layout.root) : publicPart(actor.baseImage ?? '');
}

async function whatIsWrong(
  { stores, layout, limits: { maxImageBytes } }: Pick<Observing, 'stores' | 'layout' | 'limits'>,
  baseImage: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const { store, key } = await stores.at(locationIn(layout, baseImage));
    const { size } = await store.head(key, signal);
    if (size === 0) return 'is empty';
    if (size <= maxImageBytes) return undefined;
    return `is too large (${formatNumber(size)} bytes; at most ${formatNumber(maxImageBytes)})`;
  } catch (error) {
    signal?.throwIfAborted();
    if (isCallsheetError(error, 'not-found')) return 'is not there';
    const reason = toCallsheetError(error).message.replace(/\.$/, '');
    return `${isCallsheetError(error, 'invalid-input') ? 'cannot be used' : 'cannot be reached'} (${reason})`;
  }
}
