import { formatLocation, parseLocation } from '../library/location.ts';
import { baseImageOf, problemOfBase } from '../observe/base-image.ts';
import type { ActorView } from '../observe/observe-actor.ts';
import type { PlanNote } from '../plan/plan.ts';
import { noteBorrowed } from '../records/borrowings.ts';
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
  const base = baseImageOf(layout, actor);
  const used = [...borrowed, ...(base === undefined ? [] : [formatLocation(base, layout.root)])];
  const byOwner = Map.groupBy(used, (image) => layout.images.ownerOf(parseLocation(image, layout.root)));
  for (const [owner, images] of byOwner) {
    if (owner !== undefined && owner !== actor.id) await noteBorrowed(state, owner, actor.id, images, signal);
  }
}

async function baseImageNotes(
  { observing }: Workspace,
  { plan, view }: LivePlan,
  signal?: AbortSignal,
): Promise<PlanNote[]> {
  const count = plan.actions.filter(({ kind }) => kind === 'generate').length;
  const actor = view!.actor;
  if (count === 0 || actor.baseImage === undefined) return [];
  const problem = await problemOfBase(observing, actor, signal);
  if (problem === undefined) return [];
  const what = count === 1 ? 'the image that is planned' : `the ${count} images that are planned`;
  const message = `${problem.message}: ${what} cannot be generated. ${problem.remedy}`;
  return [{ code: 'base-image-missing', message }];
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
