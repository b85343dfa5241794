/** Figures over a library, as `callsheet stats` prints them and the dashboard shows them. */
export interface LibraryStats {
  readonly actors: number;
  readonly images: number;
  /** Images per actor. */
  readonly average: number;
  readonly exactly: number;
  readonly under: number;
  readonly over: number;
  /** Actors without a distribution have no target. */
  readonly unmanaged: number;
  /** The target that most actors have; marked in the histogram. */
  readonly commonTarget: number | undefined;
  /** Images per actor -> actors with so many, ascending. */
  readonly histogram: readonly {
    readonly images: number;
    readonly actors: number;
    readonly isTarget: boolean;
  }[];
  readonly types: readonly TypeStats[];
  /** Problems seen on the way, by code. */
  readonly problems: Readonly<Record<string, number>>;
}

export interface TypeStats {
  readonly type: string;
  readonly distribution: string | undefined;
  readonly target: number | undefined;
  readonly actors: number;
  readonly images: number;
  readonly balanced: number;
  readonly categories: readonly {
    readonly category: string;
    readonly title: string;
    readonly images: number;
    readonly target: number;
  }[];
  /** Images whose category nobody knows (not evaluated, unreadable). */
  readonly unknown: number;
}
