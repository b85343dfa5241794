// Settles, plans and applies the studio's library once, as `callsheet apply --auto-approve` does, against the servers that the environment
// names. Argument: the folder that holds the specs. Exit code 0: there was nothing left to do.
import { hasChanges } from '../../controller/plan/plan.ts';
import { applyPlan, recoverActors } from '../../controller/usecases/apply-plan.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { selectActors } from '../../controller/usecases/select-actors.ts';
import { openStudioWorkspace } from './studio.ts';

await using workspace = await openStudioWorkspace(process.argv[2]!);
await recoverActors(workspace, await selectActors(workspace, {}));
const plan = await planLibrary(workspace, { refresh: true });
const known = plan.actors.every(({ unknown, status }) => unknown === 0 && status !== 'error');
if (hasChanges(plan)) await applyPlan(workspace, plan);
process.exitCode = hasChanges(plan) || !known ? 2 : 0;
