// Applies a colour library once, as `callsheet apply --auto-approve` does, and kills itself with SIGKILL at the n-th change that it makes
// to the disk. Arguments: library folder, n (0: never), before|after.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [, , root = '', at = '0', moment = 'before'] = process.argv;
let left = Number(at);

/** Counts calls of functions that change the disk, and dies around the chosen one. */
function guard(owner: Record<string, unknown>, names: readonly string[]): void {
  for (const name of names) {
    const original = owner[name] as (...args: unknown[]) => unknown;
    owner[name] = (...args: unknown[]) => {
      left -= 1;
      // Some of these functions call others of them.
      const isChosen = left === 0;
      if (isChosen && moment === 'before') process.kill(process.pid, 'SIGKILL');
      const die = () => process.kill(process.pid, 'SIGKILL');
      let result: unknown;
      try {
        result = original.apply(owner, args);
      } finally {
        // Also when it has failed, as a folder that is not empty cannot be removed.
        if (isChosen && !(result instanceof Promise)) die();
      }
      return isChosen ? (result as Promise<unknown>).finally(die) : result;
    };
  }
}

const CHANGES = ['rename', 'link', 'unlink', 'copyFile', 'rm', 'rmdir'];
guard(fs.promises as unknown as Record<string, unknown>, CHANGES);
guard(fs as unknown as Record<string, unknown>, [...CHANGES.map((name) => `${name}Sync`), 'appendFileSync']);
syncBuiltinESMExports();

const { openColourWorkspace } = await import('./open-colour-workspace.ts');
const { applyPlan, recoverActors } = await import('../../controller/usecases/apply-plan.ts');
const { planLibrary } = await import('../../controller/usecases/plan-library.ts');
const { selectActors } = await import('../../controller/usecases/select-actors.ts');
const { hasChanges } = await import('../../controller/plan/plan.ts');

const { workspace } = await openColourWorkspace(root, { wrong: 0.3, lost: 0.1 });
await using _ = workspace;
await recoverActors(workspace, await selectActors(workspace, {}));
const plan = await planLibrary(workspace, { refresh: true });
if (hasChanges(plan)) await applyPlan(workspace, plan);
process.exitCode = hasChanges(plan) ? 2 : 0;
