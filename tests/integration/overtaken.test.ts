import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GenerationOrder } from '../../controller/generator/generator.ts';
import { applyPlan, recoverActors } from '../../controller/usecases/apply-plan.ts';
import { approvePlan } from '../../controller/usecases/approve-plan.ts';
import { loadPlan } from '../../controller/usecases/plan-files.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { openWorkspace } from '../../controller/wire.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { audit } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { ColourEvaluator } from '../support/colour-evaluator.ts';
import { ColourGenerator, readBooks } from '../support/colour-generator.ts';
import { watchController } from '../support/watch-controller.ts';

/** Longer than a lease and the difference of two clocks. */
const LONG_MS = 90_000;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-overtaken-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true, force: true });
});

/** Takes an order only when it is told to: what stands in front of a paid call may take long. */
class SlowGenerator extends ColourGenerator {
  readonly reached = Promise.withResolvers<void>();
  readonly goOn = Promise.withResolvers<void>();

  override async submit(order: GenerationOrder): Promise<string> {
    this.reached.resolve();
    await this.goOn.promise;
    return await super.submit(order);
  }
}

/** The clock jumps, and no timer has fired: so a process that was stopped finds the world when it goes on. */
function jump(ms: number): void {
  const real = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => real() + ms);
}

function open(generator: ColourGenerator): Promise<Workspace> {
  return openWorkspace({
    specs: join(root, 'specs'),
    version: '0.0.0-test',
    providers: { evaluator: () => new ColourEvaluator(), generator: () => generator },
  });
}

const BALANCED = [...some('photorealistic', 13), ...some('bw_stylized', 4), ...some('color_stylized', 3)];

describe('a process that was stopped for longer than its leases', () => {
  it('does not lead beside its successor', async () => {
    await buildLibrary(root, [{ id: '0001', images: BALANCED.slice(1) }]);
    await writeFile(
      join(root, 'specs/library.yaml'),
      'apiVersion: callsheet.dev/v1\nkind: Library\nmetadata: { name: one }\nspec: { apply: manual }\n',
    );
    // The first looks at nothing by itself, as if it stood still.
    const [first, second] = [watchController(root, { statePollMs: 100_000 }), watchController(root)];
    const stopFirst = first.start();
    await first.idle();
    const plan = first.controller.library()?.pending?.plan;
    expect(plan).toBeDefined();

    jump(LONG_MS);
    const stopSecond = second.start();
    await vi.waitUntil(() => second.controller.library()?.pending?.plan === plan, { timeout: 20_000 });
    await second.controller.use(async (workspace) => {
      await approvePlan(workspace, await loadPlan(workspace, plan!), { guards: [] });
    });
    await first.controller.pokeState();
    await vi.waitUntil(() => first.events.some((event) => event.type === 'leader' && !event.leading), {
      timeout: 20_000,
    });
    await vi.waitUntil(() => second.events.some(({ type }) => type === 'run-finished'), { timeout: 20_000 });
    await Promise.all([stopFirst(), stopSecond()]);

    expect(first.events).toContainEqual(
      expect.objectContaining({ type: 'leader', leading: false, lost: true }),
    );
    const begun = (events: typeof first.events) => events.filter(({ type }) => type === 'run-started').length;
    expect([begun(first.events), begun(second.events)]).toEqual([0, 1]);
    expect(audit(root)).toMatchObject({ open: [], dangling: [], orphans: [], paid: 1 });
  });

  it('says once who leads, and stands by', async () => {
    await buildLibrary(root, [{ id: '0001', images: BALANCED }]);
    const [first, second] = [watchController(root), watchController(root)];
    const stopFirst = first.start();
    await first.idle();
    const stopSecond = second.start();
    await vi.waitUntil(() => second.events.some(({ type }) => type === 'standing-by'), { timeout: 20_000 });
    await setTimeout(500);
    await stopFirst();
    await vi.waitUntil(() => second.events.some(({ type }) => type === 'leader'), { timeout: 20_000 });
    await stopSecond();

    const standing = second.events.flatMap((event) => (event.type === 'standing-by' ? [event.message] : []));
    expect(standing).toEqual([expect.stringContaining(`process ${process.pid} on `)]);
    expect(first.events.at(-1)).toMatchObject({ type: 'leader', leading: false, message: 'stopped' });
  });

  it('does not place the order that its successor has found never to have been placed', async () => {
    await buildLibrary(root, [
      {
        id: '0001',
        images: [...some('photorealistic', 12), ...some('bw_stylized', 4), ...some('color_stylized', 3)],
      },
    ]);
    const books = join(root, 'provider-books.jsonl');
    const slow = new SlowGenerator({ books });
    await using first = await open(slow);
    const plan = await planLibrary(first, { refresh: true });
    const running = applyPlan(first, plan);
    await slow.reached.promise;

    jump(LONG_MS);
    await using second = await open(new ColourGenerator({ books }));
    await recoverActors(second, ['0001']);
    const run = await applyPlan(second, await planLibrary(second, { refresh: true }));
    expect(run.status).toBe('succeeded');
    slow.goOn.resolve();
    await running.catch(() => undefined);

    const { sets, dangling, orphans, open: unsettled } = audit(root);
    expect({ dangling, orphans, unsettled }).toEqual({ dangling: [], orphans: [], unsettled: [] });
    expect(sets.get('0001')).toHaveLength(20);
    expect(readBooks(books)).toHaveLength(1);
  });
});
