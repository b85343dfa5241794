import pMap from 'p-map';
import { toCallsheetError } from '../diagnostics/errors.ts';
import { countCategories } from '../observe/evaluation-record.ts';
import { observeActor } from '../observe/observe-actor.ts';
import type { Workspace } from '../workspace.ts';
import { beginPass } from './library-pass.ts';
import type { ActorSelection } from './select-actors.ts';

/** What evaluating one actor came to. */
export interface EvaluatedActor {
  readonly actor: string;
  readonly type: string;
  readonly images: number;
  /** Images of the set by category. */
  readonly categories: Readonly<Record<string, number>>;
  readonly uncertain: number;
  readonly unknown: number;
  readonly unreadable: number;
  /** Paths in state of the evaluation record and the first contact sheet. */
  readonly record: string;
  readonly sheet: string;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Evaluates the images of the selected actors that nobody has evaluated yet, and draws their contact sheets anew. Plans nothing. */
export async function evaluateLibrary(
  workspace: Workspace,
  selection: ActorSelection,
  signal?: AbortSignal,
): Promise<EvaluatedActor[]> {
  const { ids, workspace: pass } = await beginPass(workspace, selection, signal);
  workspace.report({ type: 'phase-started', phase: 'observe', total: ids.length });
  const results = await pMap(
    ids,
    async (id) => {
      signal?.throwIfAborted();
      const result = await evaluateOne(pass, id, signal);
      return selection.types === undefined ||
        selection.types.length === 0 ||
        selection.types.includes(result.type)
        ? [result]
        : [];
    },
    { concurrency: workspace.settings.limits.concurrency },
  );
  workspace.report({ type: 'phase-finished', phase: 'observe' });
  return results.flat();
}

async function evaluateOne(workspace: Workspace, id: string, signal?: AbortSignal): Promise<EvaluatedActor> {
  const files = { record: `evaluations/${id}_evaluation.json`, sheet: `evaluations/${id}_composite.jpg` };
  try {
    const { actor, observation } = await observeActor(
      workspace.observing,
      id,
      { mode: 'refresh', redraw: true },
      signal,
    );
    const count = (state: string) => observation.images.filter((image) => image.state === state).length;
    return {
      actor: id,
      type: actor.type,
      images: observation.images.length,
      categories: countCategories(observation.images),
      uncertain: count('uncertain'),
      unknown: count('unknown'),
      unreadable: count('unreadable'),
      ...files,
    };
  } catch (error) {
    signal?.throwIfAborted();
    const { code, message } = toCallsheetError(error);
    return {
      actor: id,
      type: '',
      images: 0,
      categories: {},
      uncertain: 0,
      unknown: 0,
      unreadable: 0,
      ...files,
      error: { code, message },
    };
  }
}
