import pMap from 'p-map';
import type { ActorPlan } from '../plan/plan.ts';
import type { LibraryStats, TypeStats } from '../views/stats.ts';
import type { Workspace } from '../workspace.ts';
import { beginPass } from './library-pass.ts';
import { type LivePlan, planActorLive } from './plan-actor-live.ts';
import { asObserved } from './plan-library.ts';
import type { RememberedPlan } from './plan-memory.ts';
import type { ActorSelection } from './select-actors.ts';

/** Figures over the selected actors, from what is known already: nothing is read anew, evaluated, paid for or written. */
export async function collectStats(
  workspace: Workspace,
  selection: ActorSelection,
  signal?: AbortSignal,
): Promise<LibraryStats> {
  const library = await beginPass(workspace, selection, signal);
  const { ids, workspace: pass } = library;
  const memory = library.remember('only-read');
  const tally = new StatsTally();
  workspace.report({ type: 'phase-started', phase: 'observe', total: ids.length });
  await pMap(
    ids,
    async (id) => {
      signal?.throwIfAborted();
      const known = await memory?.find(id, signal);
      if (known !== undefined) workspace.report(asObserved(id, known));
      const counted = known ?? countable(await planActorLive(pass, id, 'read-only', signal));
      if (isWanted(counted.plan, selection.types)) tally.add(counted);
      await memory?.done(id, signal);
    },
    { concurrency: workspace.settings.limits.concurrency, stopOnError: true },
  );
  workspace.report({ type: 'phase-finished', phase: 'observe' });
  return tally.stats();
}

function isWanted({ type }: ActorPlan, types: readonly string[] | undefined): boolean {
  return types === undefined || types.length === 0 || types.includes(type);
}

/** What is counted of an actor. */
type Counted = Pick<RememberedPlan, 'plan' | 'problems'>;

function countable({ plan, view }: LivePlan): Counted {
  return { plan, problems: view?.observation.problems.map(({ code }) => code) ?? [] };
}

/** Adds actors up, so that memory does not grow with the library. */
export class StatsTally {
  private actors = 0;
  private images = 0;
  private exactly = 0;
  private under = 0;
  private over = 0;
  private unmanaged = 0;
  private readonly histogram = new Map<number, number>();
  private readonly targets = new Map<number, number>();
  private readonly types = new Map<string, TypeTally>();
  private readonly problems = new Map<string, number>();

  add({ plan, problems }: Counted): void {
    for (const code of problems) increment(this.problems, code);
    if (plan.status === 'error') {
      // Nobody knows how many images it has: unknown is not zero.
      increment(this.problems, 'actor-error');
      return;
    }
    const count = plan.total.before;
    this.actors += 1;
    this.images += count;
    increment(this.histogram, count);
    this.compareWithTarget(plan, count);
    const key = JSON.stringify([plan.type, plan.distribution ?? null]);
    const type = this.types.get(key) ?? new TypeTally(plan);
    this.types.set(key, type);
    type.add(plan);
  }

  private compareWithTarget({ status, total }: ActorPlan, count: number): void {
    if (status === 'unmanaged') {
      this.unmanaged += 1;
      return;
    }
    increment(this.targets, total.target);
    if (count === total.target) this.exactly += 1;
    else if (count < total.target) this.under += 1;
    else this.over += 1;
  }

  stats(): LibraryStats {
    const commonTarget = mostCommon(this.targets);
    return {
      actors: this.actors,
      images: this.images,
      average: this.actors === 0 ? 0 : this.images / this.actors,
      exactly: this.exactly,
      under: this.under,
      over: this.over,
      unmanaged: this.unmanaged,
      commonTarget,
      histogram: [...this.histogram]
        .sort(([a], [b]) => a - b)
        .map(([images, actors]) => ({ images, actors, isTarget: images === commonTarget })),
      types: [...this.types.values()].map((type) => type.stats()).sort(byTypeAndDistribution),
      problems: Object.fromEntries([...this.problems].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}

/** Actors of one type that one distribution holds for. */
class TypeTally {
  private readonly type: string;
  private readonly distribution: string | undefined;
  private readonly target: number | undefined;
  private actors = 0;
  private images = 0;
  private balanced = 0;
  private unknown = 0;
  private readonly categories = new Map<string, { title: string; images: number; target: number }>();

  constructor(plan: ActorPlan) {
    this.type = plan.type;
    this.distribution = plan.distribution;
    this.target = plan.status === 'unmanaged' ? undefined : plan.total.target;
  }

  add(plan: ActorPlan): void {
    this.actors += 1;
    this.images += plan.total.before;
    this.unknown += plan.unknown;
    if (plan.status === 'balanced') this.balanced += 1;
    for (const { category, title, before, target } of plan.categories) {
      const sum = this.categories.get(category) ?? { title, images: 0, target: 0 };
      this.categories.set(category, { title, images: sum.images + before, target: sum.target + target });
    }
  }

  stats(): TypeStats {
    const { type, distribution, target, actors, images, balanced, unknown } = this;
    const categories = [...this.categories].map(([category, sum]) => ({ category, ...sum }));
    return { type, distribution, target, actors, images, balanced, unknown, categories };
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The key with the highest count, the lower key where two have it. */
function mostCommon(counts: ReadonlyMap<number, number>): number | undefined {
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b)[0]?.[0];
}

function byTypeAndDistribution(a: TypeStats, b: TypeStats): number {
  const key = ({ type, distribution }: TypeStats) => `${type}\0${distribution ?? ''}`;
  return key(a) < key(b) ? -1 : 1;
}
