import { type FleetRow, STANDINGS, type Standing } from './fleet-row.ts';

/** The fleet added up: what the tiles, the histogram and the mix show. */
export interface FleetFigures {
  readonly actors: number;
  readonly images: number;
  readonly standings: Readonly<Record<Standing, number>>;
  /** Every count from the least to the most, those without actors too. */
  readonly histogram: readonly { readonly images: number; readonly actors: number }[];
  /** The target that most actors have. */
  readonly commonTarget: number | undefined;
  readonly under: number;
  readonly exactly: number;
  readonly over: number;
  readonly types: readonly TypeMix[];
  /** Reasons there are, the most frequent first. */
  readonly reasons: readonly {
    readonly reason: string;
    readonly standing: Standing;
    readonly actors: number;
  }[];
}

export interface TypeMix {
  readonly type: string;
  readonly actors: number;
  readonly balanced: number;
  readonly images: number;
  readonly target: number;
  readonly categories: readonly {
    readonly title: string;
    readonly images: number;
    readonly target: number;
  }[];
}

/** A histogram wider than this is drawn in steps of several images. */
const MOST_BARS = 60;

export function figuresOf(rows: readonly FleetRow[]): FleetFigures {
  const managed = rows.filter(({ target }) => target > 0);
  return {
    actors: rows.length,
    images: rows.reduce((sum, { images }) => sum + images, 0),
    standings: countStandings(rows),
    histogram: histogramOf(rows),
    commonTarget: mostCommon(managed.map(({ target }) => target)),
    under: managed.filter(({ images, target }) => images < target).length,
    exactly: managed.filter(({ images, target }) => images === target).length,
    over: managed.filter(({ images, target }) => images > target).length,
    types: [...Map.groupBy(rows, ({ type }) => type)].sort(byName).map(([type, group]) => mixOf(type, group)),
    reasons: reasonsOf(rows),
  };
}

function countStandings(rows: readonly FleetRow[]): Record<Standing, number> {
  const counts: Record<Standing, number> = { balanced: 0, off: 0, failing: 0, waiting: 0 };
  for (const { standing } of rows) counts[standing] += 1;
  return counts;
}

function histogramOf(rows: readonly FleetRow[]): { images: number; actors: number }[] {
  if (rows.length === 0) return [];
  const counts = new Map<number, number>();
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const { images } of rows) {
    counts.set(images, (counts.get(images) ?? 0) + 1);
    most = Math.max(most, images);
    least = Math.min(least, images);
  }
  if (most - least >= MOST_BARS) {
    return [...counts].sort(([a], [b]) => a - b).map(([images, actors]) => ({ images, actors }));
  }
  return Array.from({ length: most - least + 1 }, (_, index) => ({
    images: least + index,
    actors: counts.get(least + index) ?? 0,
  }));
}

function mixOf(type: string, rows: readonly FleetRow[]): TypeMix {
  const categories = new Map<string, { title: string; images: number; target: number }>();
  for (const row of rows) {
    for (const { category, title, before, target } of row.categories) {
      const sum = categories.get(category) ?? { title: title || category, images: 0, target: 0 };
      sum.images += before;
      sum.target += target;
      categories.set(category, sum);
    }
  }
  return {
    type,
    actors: rows.length,
    balanced: rows.filter(({ standing }) => standing === 'balanced').length,
    images: rows.reduce((sum, { images }) => sum + images, 0),
    target: rows.reduce((sum, { target }) => sum + target, 0),
    categories: [...categories.values()],
  };
}

function reasonsOf(rows: readonly FleetRow[]): FleetFigures['reasons'] {
  return [...Map.groupBy(rows, ({ reason }) => reason)]
    .map(([reason, group]) => ({ reason, standing: group[0]!.standing, actors: group.length }))
    .sort(
      (a, b) =>
        STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) ||
        b.actors - a.actors ||
        (a.reason < b.reason ? -1 : 1),
    );
}

/** The lower one where two are as common. */
function mostCommon(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b)[0]?.[0];
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
