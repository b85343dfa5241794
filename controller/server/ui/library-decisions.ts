import { isCallsheetError } from '../../diagnostics/errors.ts';
import { planLibrary } from '../../usecases/plan-library.ts';
import { readSuspensions, resumeTarget, suspendTarget } from '../../usecases/suspend.ts';
import type { Workspace } from '../../workspace.ts';
import { keepMadePlan } from '../propose-rollback.ts';
import { asPerson, type Deciding, type Done, textOf } from './decision.ts';
import type { Undo } from './notices.ts';
import { path } from './parts.ts';
import { actorIn } from './routes-actors.ts';
import type { Dashboard } from './show-page.ts';

/** Has the controller look at an actor, or looks and plans here where there is none. */
export async function reconcile({ c, dashboard }: Deciding): Promise<Done> {
  const actor = actorIn(c);
  const to = path`/actors/${actor}`;
  if (await controllerLooks(dashboard, [actor])) return { code: 'reconciling', to };
  await dashboard.context.library.use((workspace) => planAndKeep(workspace, [actor]));
  await dashboard.board.refreshAfterChange();
  return { code: 'planned', to };
}

export async function reconcileAll({ dashboard }: Deciding): Promise<Done> {
  const { library } = dashboard.context;
  if (await controllerLooks(dashboard, undefined)) return { code: 'reconciling', to: '/' };
  // A whole library takes minutes: nobody waits for it, the page says how it goes.
  dashboard.board.plan(() => library.use((workspace) => planAndKeep(workspace, undefined)));
  return { code: 'planning', to: '/' };
}

/** @param actor undefined: the whole library. */
export async function suspend(
  { dashboard, who, fields }: Deciding,
  actor: string | undefined,
): Promise<Done> {
  const reason = textOf(fields, 'reason', 'a reason');
  await dashboard.context.library.use((workspace) =>
    suspendTarget(asPerson(workspace, who), targetOf(actor), { reason }),
  );
  await afterSuspension(dashboard);
  const to = pageOf(actor);
  return { code: 'suspended', to, undo: { action: `${to.replace(/\/$/, '')}/resume`, fields: {} } };
}

/** @param actor undefined: the whole library. */
export async function resume({ dashboard, who }: Deciding, actor: string | undefined): Promise<Done> {
  const to = pageOf(actor);
  const undo = await dashboard.context.library.use(async (workspace): Promise<Undo | undefined> => {
    const { library, actors } = await readSuspensions(workspace.state);
    const record = actor === undefined ? library : Object.hasOwn(actors, actor) ? actors[actor] : undefined;
    await resumeTarget(asPerson(workspace, who), targetOf(actor));
    if (record === undefined) return undefined;
    return { action: `${to.replace(/\/$/, '')}/suspend`, fields: { reason: record.reason } };
  });
  await afterSuspension(dashboard);
  return { code: 'resumed', to, ...(undo === undefined ? {} : { undo }) };
}

/** Whether a controller was there to be told. */
async function controllerLooks(
  { context }: Dashboard,
  actors: readonly string[] | undefined,
): Promise<boolean> {
  try {
    await context.api.reconcileNow(actors);
    return true;
  } catch (error) {
    if (isCallsheetError(error, 'unavailable')) return false;
    throw error;
  }
}

async function planAndKeep(workspace: Workspace, actors: readonly string[] | undefined): Promise<void> {
  const plan = await planLibrary(workspace, { refresh: true, ...(actors === undefined ? {} : { actors }) });
  await keepMadePlan(workspace, plan);
}

async function afterSuspension({ context, board }: Dashboard): Promise<void> {
  context.api.pokeState().catch(() => {});
  await board.refreshAfterChange();
}

function targetOf(actor: string | undefined) {
  return actor === undefined ? ({ kind: 'library' } as const) : ({ kind: 'actor', name: actor } as const);
}

function pageOf(actor: string | undefined): string {
  return actor === undefined ? '/' : path`/actors/${actor}`;
}
