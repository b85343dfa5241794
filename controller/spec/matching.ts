import type { Selector } from './distribution.generated.ts';
import type { ResolvedDistribution, ResolvedSpecs } from './resolved-specs.ts';
import type { Suspension, Target } from './target.ts';

/** What selectors look at. */
export interface SelectableActor {
  readonly id: string;
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What the specs say of one actor. */
export type TargetLookup =
  | { readonly kind: 'target'; readonly target: Target }
  /** No distribution selects it: it is left alone. */
  | { readonly kind: 'unmanaged' }
  /** Two or more distributions of the same rank select it: it is left alone until one of them is changed. */
  | { readonly kind: 'conflict'; readonly distributions: readonly string[]; readonly message: string };

/** How directly a selector means an actor; the highest rank among the distributions wins. 0: not at all. */
export type SelectorRank = 0 | 1 | 2 | 3;

/** 3: named in `actors`. 2: found by types and labels. 1: there is no selector. */
export function selectorRank(selector: Selector | undefined, actor: SelectableActor): SelectorRank {
  if (selector === undefined) return 1;
  if (selector.actors?.includes(actor.id)) return 3;
  const { types, labels } = selector;
  if (types === undefined && labels === undefined) return 0;
  if (types !== undefined && !types.includes(actor.type)) return 0;
  const wanted = Object.entries(labels ?? {});
  return wanted.every(([key, value]) => Object.hasOwn(actor.labels, key) && actor.labels[key] === value)
    ? 2
    : 0;
}

/** The distributions of the highest rank that select the actor: one, none, or several that contradict each other. */
export function selectDistributions(
  distributions: readonly ResolvedDistribution[],
  actor: SelectableActor,
): ResolvedDistribution[] {
  let best: SelectorRank = 1;
  let found: ResolvedDistribution[] = [];
  for (const distribution of distributions) {
    const rank = selectorRank(distribution.selector, actor);
    if (rank === 0 || rank < best) continue;
    if (rank > best) found = [];
    best = rank;
    found.push(distribution);
  }
  return found;
}

/** The target of one actor. `nowMs` (since the epoch) decides whether a suspension has ended. */
export function targetOf(specs: ResolvedSpecs, actor: SelectableActor, nowMs: number): TargetLookup {
  const [only, ...others] = selectDistributions(specs.distributions, actor);
  if (only === undefined) return { kind: 'unmanaged' };
  if (others.length > 0) {
    const distributions = [only, ...others].map(({ name }) => name);
    const names = distributions.map((name) => `"${name}"`).join(' and ');
    return {
      kind: 'conflict',
      distributions,
      message: `Distributions ${names} both select actor ${actor.id}.`,
    };
  }
  const suspended = currentSuspension([specs.library.suspended, only.target.suspended], nowMs);
  return { kind: 'target', target: { ...only.target, suspended } };
}

/** The first suspension that has not ended. */
export function currentSuspension(
  suspensions: readonly (Suspension | undefined)[],
  nowMs: number,
): Suspension | undefined {
  return suspensions.find(
    (one) => one !== undefined && (one.until === undefined || nowMs < Date.parse(one.until)),
  );
}
