import type { Selector } from './distribution.generated.ts';
import type { LibrarySettings } from './library-settings.ts';
import type { Prompt, Target } from './target.ts';
import type { TaxonomyCategory } from './taxonomy.generated.ts';

/** All specs, checked, linked and with defaults filled in. */
export interface ResolvedSpecs {
  readonly library: LibrarySettings;
  /** By name; always holds every taxonomy that a distribution refers to, and `default`. */
  readonly taxonomies: ReadonlyMap<string, ResolvedTaxonomy>;
  readonly promptLibraries: ReadonlyMap<string, readonly ResolvedPrompt[]>;
  /** In order of their names. */
  readonly distributions: readonly ResolvedDistribution[];
  /** SHA-256 in hex over all that plans depend on, whatever file or order it was written in. */
  readonly digest: string;
}

export interface ResolvedTaxonomy {
  readonly name: string;
  /** In the order in which they are written. */
  readonly categories: readonly ResolvedCategory[];
}

export interface ResolvedCategory extends TaxonomyCategory {
  readonly name: string;
  readonly examples: string[];
}

export interface ResolvedPrompt extends Prompt {
  readonly category: string;
}

export interface ResolvedDistribution {
  readonly name: string;
  /** Undefined: holds for every actor that no other distribution selects. */
  readonly selector: Selector | undefined;
  /** For every actor that it selects, but for the Library's own suspension and for ends in the past: ask `targetOf`. */
  readonly target: Target;
}
