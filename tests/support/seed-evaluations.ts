import { join } from 'node:path';
import type { ActorRecord } from '../../controller/records/actor-record.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { openWorkspace } from '../../controller/wire.ts';
import { openColourWorkspace } from './open-colour-workspace.ts';

/** Lets a built library look as if the evaluator that its specs name had seen all of its pictures. */
export async function seedEvaluations(root: string): Promise<void> {
  const { workspace: colours } = await openColourWorkspace(root);
  const from = colours.evaluatorId;
  await planLibrary(colours, { refresh: true });
  await colours[Symbol.asyncDispose]();
  await using workspace = await openWorkspace({ specs: join(root, 'specs'), version: '0.0.0-test' });
  for await (const path of workspace.state.list('actors/')) {
    const { value } = (await workspace.state.read<ActorRecord>(path))!;
    const verdicts = Object.entries(value.evaluations[from] ?? {}).map(([digest, verdict]) => [
      digest,
      { ...verdict, confirmed: true },
    ]);
    await workspace.state.write(path, {
      ...value,
      evaluations: { [workspace.evaluatorId]: Object.fromEntries(verdicts) },
    });
  }
}
