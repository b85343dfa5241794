import { isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import type { Actor } from '../library/actor-manifest.ts';
import { type LibraryLayout, locationIn } from '../library/layout.ts';
import { formatLocation, type Location, parseLocation } from '../library/location.ts';
import type { Stores } from '../object-store/stores.ts';
import type { ActorView } from '../observe/observe-actor.ts';
import type { PlanNote } from '../plan/plan.ts';
import { noteBorrowed } from '../records/borrowings.ts';
import { formatNumber } from '../views/text.ts';
import type { Workspace } from '../workspace.ts';
import type { LivePlan } from './plan-actor-live.ts';

/**
 * Looks at what an actor's plan rests on beyond its own folder: whether the base image that new images are made from is there (asked only
 * when some are planned), and which objects a delete will leave alone. Notes, in `refresh` mode, which images of other actors it uses.
 */
export async function lookFurther(
  workspace: Workspace,
  live: LivePlan,
  mode: 'refresh' | 'read-only',
  signal?: AbortSignal,
): Promise<LivePlan> {
  const { plan, view } = live;
  if (view === undefined) return live;
  if (mode === 'refresh') await noteUsed(workspace, view, signal);
  const notes = [...(await baseImageNotes(workspace, live, signal)), ...outsideNotes(workspace, live)];
  return notes.length === 0 ? live : { view, plan: { ...plan, notes: [...plan.notes, ...notes] } };
}

/** Images in other actors' folders: those of the training set, and the base image. */
async function noteUsed(
  { layout, state }: Workspace,
  { actor, observation }: ActorView,
  signal?: AbortSignal,
): Promise<void> {
  const borrowed = observation.images
    .filter(({ needed }) => needed === 'other-actor')
    .map(({ image }) => image);
  const base = baseOf(layout, actor);
  const used = [...borrowed, ...('problem' in base ? [] : [formatLocation(base.location, layout.root)])];
  const byOwner = Map.groupBy(used, (image) => layout.images.ownerOf(parseLocation(image, layout.root)));
  for (const [owner, images] of byOwner) {
    if (owner !== undefined && owner !== actor.id) await noteBorrowed(state, owner, actor.id, images, signal);
  }
}

type Base = { readonly location: Location } | { readonly problem: string };

/** Where an actor's base image is. */
function baseOf(layout: LibraryLayout, { baseImage }: Actor): Base {
  if (baseImage === undefined) return { problem: 'there is none' };
  try {
    return { location: locationIn(layout, baseImage) };
  } catch (error) {
    return { problem: toCallsheetError(error).message };
  }
}

async function baseImageNotes(
  { layout, stores, observing }: Workspace,
  { plan, view }: LivePlan,
  signal?: AbortSignal,
): Promise<PlanNote[]> {
  const count = plan.actions.filter(({ kind }) => kind === 'generate').length;
  const actor = view!.actor;
  if (count === 0 || actor.baseImage === undefined) return [];
  const problem = await problemOfBase(stores, baseOf(layout, actor), observing.limits.maxImageBytes, signal);
  if (problem === undefined) return [];
  const file = formatLocation(layout.actors.at(actor.id), layout.root);
  const what = count === 1 ? 'the image that is planned' : `the ${count} images that are planned`;
  const message = `The base image ${actor.baseImage} ${problem}: ${what} cannot be generated. Put the picture there, or correct base_image in ${file}.`;
  return [{ code: 'base-image-missing', message }];
}

/** Why nothing can be made from a base image, as the end of a sentence about it. */
async function problemOfBase(
  stores: Stores,
  base: Base,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if ('problem' in base) return `cannot be used (${base.problem})`;
  try {
    const { store, key } = await stores.at(base.location);
    const { size } = await store.head(key, signal);
    if (size === 0) return 'is empty';
    return size > maxBytes
      ? `is too large (${formatNumber(size)} bytes; at most ${formatNumber(maxBytes)})`
      : undefined;
  } catch (error) {
    signal?.throwIfAborted();
    if (isCallsheetError(error, 'not-found')) return 'is not there';
    return `cannot be reached (${toCallsheetError(error).message})`;
  }
}

/** What a delete does not do to objects that are not the actor's alone. */
function outsideNotes({ layout }: Workspace, { plan }: LivePlan): PlanNote[] {
  return plan.actions.flatMap((action) => {
    if (action.kind !== 'delete') return [];
    if (layout.images.ownerOf(parseLocation(action.image, layout.root)) === plan.actor) return [];
    const message = `${action.image} lies outside of the actor's folder: it leaves the training set, and the object stays where it is.`;
    return [{ code: 'object-stays', image: action.image, message }];
  });
}
