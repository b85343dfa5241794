// Generated from schemas/prompt-library.schema.json by scripts/generate-types.ts. Do not edit.

/**
 * Numbered prompts for the generator, each for one category.
 */
export interface PromptLibrary {
  /**
   * Version of the format.
   */
  apiVersion: 'callsheet.dev/v1';
  /**
   * Kind of the document.
   */
  kind: 'PromptLibrary';
  metadata: Metadata;
  spec: PromptLibrarySpec;
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
 * The prompts.
 */
export interface PromptLibrarySpec {
  /**
   * The prompts. An actor gets different ones before any repeats.
   *
   * @minItems 1
   * @maxItems 10000
   */
  prompts: LibraryPrompt[];
}
/**
 * One prompt.
 */
export interface LibraryPrompt {
  /**
   * Its number, unique in this library. Written into the manifest entry of every image made from it: do not give it to another prompt later.
   */
  number: number;
  /**
   * The category of the taxonomy that the image is meant for. An image that turns out to be of another one is tried again.
   */
  category: string;
  /**
   * A few words that tell it from the others, for people.
   */
  title?: string;
  /**
   * What the image model is told, together with the actor's base image.
   */
  text: string;
}
