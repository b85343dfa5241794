import { CallsheetError } from '../diagnostics/errors.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { LibraryLayout } from '../library/layout.ts';
import { listActorRevisions } from '../observe/actor-files.ts';
import type { Workspace } from '../workspace.ts';

/** Which actors a command is about. Nothing given: all. */
export interface ActorSelection {
  readonly actors?: readonly string[];
  readonly types?: readonly string[];
  /** One actor, chosen by chance. */
  readonly random?: boolean;
}

/** The selected actors among all, and what their manifests are at the moment. */
export interface SelectedActors {
  /** Sorted; types are looked at later, with the actor's manifest. */
  readonly ids: readonly string[];
  /** Revisions of the manifests of all actors of the library. */
  readonly revisions: ReadonlyMap<string, string>;
}

/** Ids of the selected actors, sorted. @throws CallsheetError `not-found`. */
export async function selectActors(
  workspace: Workspace,
  selection: ActorSelection,
  signal?: AbortSignal,
): Promise<string[]> {
  return [...(await findActors(workspace, selection, signal)).ids];
}

/** @throws CallsheetError `not-found`. */
export async function findActors(
  { stores, layout, random }: Workspace,
  selection: ActorSelection,
  signal?: AbortSignal,
): Promise<SelectedActors> {
  const revisions = await listActorRevisions(stores, layout, signal);
  return { ids: choose([...revisions.keys()].sort(), selection, layout, random), revisions };
}

function choose(
  all: readonly string[],
  selection: ActorSelection,
  layout: LibraryLayout,
  random: () => number,
): readonly string[] {
  if (all.length === 0) {
    throw new CallsheetError('not-found', `no actor manifest was found at ${layout.actors.text}`, {
      hint: `Relative paths start at ${layout.root}. Correct spec.actors in the Library, or give --root.`,
    });
  }
  if (selection.actors !== undefined && selection.actors.length > 0) {
    const known = new Set(all);
    for (const id of selection.actors) if (!known.has(id)) throw unknownActor(id, all);
    return [...new Set(selection.actors)].sort();
  }
  if (selection.random === true) return [all[Math.floor(random() * all.length)]!];
  return all;
}

function unknownActor(id: string, all: readonly string[]): CallsheetError {
  const near = suggest(id, all);
  return new CallsheetError('not-found', `there is no actor "${id}"`, {
    hint:
      near === undefined
        ? `The library has ${all.length} actors, "${all[0]}" for one.`
        : `Did you mean "${near}"?`,
  });
}
