// Generated from schemas/taxonomy.schema.json by scripts/generate-types.ts. Do not edit.

/**
 * The classes of image that there are, in the words that an evaluator is given.
 */
export interface Taxonomy {
  /**
   * Version of the format.
   */
  apiVersion: 'callsheet.dev/v1';
  /**
   * Kind of the document.
   */
  kind: 'Taxonomy';
  metadata: Metadata;
  spec: TaxonomySpec;
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
 * The categories.
 */
export interface TaxonomySpec {
  /**
   * The categories by name, in the order in which every table shows them. Each image belongs to exactly one.
   */
  categories: {
    [k: string]: TaxonomyCategory;
  };
}
/**
 * One class of image.
 */
export interface TaxonomyCategory {
  /**
   * What people call it, in tables and reports.
   */
  title: string;
  /**
   * What belongs to it and what does not. The evaluator decides by this text; changing it means that every image is evaluated again.
   */
  description: string;
  /**
   * Typical images, a few words each. Given to the evaluator together with the description.
   *
   * @maxItems 20
   *
   * Items: One typical image.
   */
  examples?: string[];
  local?: LocalHints;
}
/**
 * Tells the offline evaluator and generator, which read no text, which pictures the category stands for. A category without it is never chosen by the local evaluator.
 */
export interface LocalHints {
  /**
   * Whether it is photographed or drawn.
   */
  medium: 'photo' | 'illustration';
  /**
   * Whether it is in colour.
   */
  colour?: 'colour' | 'monochrome' | 'any';
}
