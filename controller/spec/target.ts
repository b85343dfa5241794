/**
 * What one actor should look like: a Distribution with everything it refers to looked up and every default filled in. The planner
 * sees nothing else of the specs.
 */
export interface Target {
  /** Name of the Distribution. */
  readonly distribution: string;
  /** Name of the Taxonomy. */
  readonly taxonomy: string;
  /** Images that the actor should have. At least 1. */
  readonly total: number;
  /** Every category of the taxonomy, in its order; those the distribution does not name have a count of 0. Counts sum to `total`. */
  readonly categories: readonly CategoryTarget[];
  readonly tolerance: Tolerance;
  readonly rebalance: 'exact' | 'minimal';
  /** 1 to 10. Undefined: no minimum. */
  readonly qualityMinimum: number | undefined;
  /** The Library or the Distribution is suspended. */
  readonly suspended: Suspension | undefined;
}

export interface CategoryTarget {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Percent of the total; shares sum to 100. Computed from the counts when the distribution gave counts. */
  readonly share: number;
  readonly count: number;
  /** The prompts to choose from, in order of their numbers. Empty: nothing can be generated. */
  readonly prompts: readonly Prompt[];
}

export interface Prompt {
  readonly number: number;
  readonly title?: string;
  readonly text: string;
}

/** `points`: percentage points of the total. `percent`: of the category's own share. `images`: around the category's count. */
export interface Tolerance {
  readonly unit: 'points' | 'percent' | 'images';
  readonly value: number;
}

export interface Suspension {
  readonly reason: string;
  /** RFC 3339; until then. Undefined: until somebody lifts it. Whoever acts on it compares it with the clock. */
  readonly until?: string;
}
