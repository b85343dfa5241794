// Generated from schemas/distribution.schema.json by scripts/generate-types.ts. Do not edit.

/**
 * Its actors are planned, but nothing is applied to them: `true`, or a reason and perhaps an end.
 */
export type Suspend =
  | boolean
  | {
      /**
       * Why, for whoever meets it later.
       */
      reason: string;
      /**
       * When it ends by itself: a date (that day's beginning, UTC) or a time with its zone. Without it, it lasts until it is taken out.
       */
      until?: string;
    };

/**
 * The desired state: how many training images the actors that it selects should have, and of which categories.
 */
export interface Distribution {
  /**
   * Version of the format.
   */
  apiVersion: 'callsheet.dev/v1';
  /**
   * Kind of the document.
   */
  kind: 'Distribution';
  metadata: Metadata;
  spec: DistributionSpec;
}
/**
 * The name of a document, and notes on it.
 */
export interface Metadata {
  /**
   * Names the document; other documents refer to it by this name. Unique among documents of one kind.
   */
  name: string;
  /**
   * What it is for, in a sentence. For people only.
   */
  description?: string;
  /**
   * Free notes for your own tools. Callsheet keeps them and does not act on them.
   */
  labels?: {
    /**
     * The value of one label.
     */
    [k: string]: string;
  };
}
/**
 * Which actors, how many images, of what.
 */
export interface DistributionSpec {
  selector?: Selector;
  /**
   * Training images an actor should have. May be left out when every category has a `count`.
   */
  total?: number;
  /**
   * How much of each category of the taxonomy. A category that is not named gets none.
   */
  categories: {
    [k: string]: CategoryShare;
  };
  tolerance?: Tolerance;
  /**
   * Where to go once an actor is outside the tolerance: `exact` goes to the exact counts; `minimal` takes the cheapest plan that ends inside the tolerance.
   */
  rebalance?: 'exact' | 'minimal';
  quality?: Quality;
  /**
   * Name of the Taxonomy that the categories belong to.
   */
  taxonomy?: string;
  /**
   * Name of the PromptLibrary that new images are made from.
   */
  prompts?: string;
  suspend?: Suspend;
}
/**
 * The actors that it holds for. Without a selector it holds for every actor that no other distribution selects. An actor named in `actors` outranks one found by `types` and `labels`; two distributions of the same rank that find the same actor are an error.
 */
export interface Selector {
  /**
   * Actors of one of these types (the `type` of the actor manifest). Together with `labels`: both have to hold.
   *
   * @minItems 1
   *
   * Items: One actor type.
   */
  types?: string[];
  /**
   * Actors that have all these labels (the `labels` of the actor manifest) with these values.
   */
  labels?: {
    /**
     * The value that the label must have.
     */
    [k: string]: string;
  };
  /**
   * These actors, whatever their type. Write an id in quotes: an unquoted 0042 is the number 42 in YAML.
   *
   * @minItems 1
   *
   * Items: One actor's id.
   */
  actors?: string[];
}
/**
 * How much of one category: a share or a count.
 */
export interface CategoryShare {
  /**
   * Percentage of the total: 65 and "65%" mean the same. The shares of a distribution make 100.
   */
  share?: number | string;
  /**
   * Images of this category, in place of a share. Either every category has a share or every category has a count.
   */
  count?: number;
  /**
   * Numbers or ranges of the prompts to use, instead of all prompts of the category.
   *
   * @minItems 1
   *
   * Items: A prompt's number, or a range of numbers with both ends included.
   */
  prompts?: (number | string)[];
}
/**
 * How far a category may be from its share before an actor is out of balance. Exactly one of the three units.
 */
export interface Tolerance {
  /**
   * Percentage points of the total: a share of 65 with 10 points allows 55 to 75 %.
   */
  points?: number;
  /**
   * Percent of the share itself: a share of 20 with 10 percent allows 18 to 22 %.
   */
  percent?: number;
  /**
   * Images more or fewer than the category's count.
   */
  images?: number;
}
/**
 * What an image must be worth to count.
 */
export interface Quality {
  /**
   * Images with a lower quality (1 to 10) are replaced, and new ones below it are tried again. Left out: quality only decides which image goes first when there are too many.
   */
  minimum?: number;
}
