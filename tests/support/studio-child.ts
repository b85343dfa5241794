// Settles, plans and applies the studio's library once, as `callsheet apply --auto-approve` does, against the servers that the environment
// names. Argument: the folder that holds the specs. Exit code 0: there was nothing left to do.
import { isTransient } from '../../controller/diagnostics/errors.ts';
import { hasChanges } from '../../controller/plan/plan.ts';
import { applyPlan, recoverActors } from '../../controller/usecases/apply-plan.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { selectActors } from '../../controller/usecases/select-actors.ts';
import { openStudioWorkspace } from './studio.ts';

async function applyOnce(): Promise<number> {
  await using workspace = await openStudioWorkspace(process.argv[2]!);
  await recoverActors(workspace, await selectActors(workspace, {}));
  const plan = await planLibrary(workspace, { refresh: true });
  const known = plan.actors.every(({ unknown, status }) => unknown === 0 && status !== 'error');
  if (hasChanges(plan)) await applyPlan(workspace, plan);
  return hasChanges(plan) || !known ? 2 : 0;
}

try {
  process.exitCode = await applyOnce();
} catch (error) {
  // On such a day a run may not even begin. Anything but that is a bug.
  if (!isTransient(error)) throw error;
  process.exitCode = 1;
}
