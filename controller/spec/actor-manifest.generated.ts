// Generated from schemas/actor-manifest.schema.json by scripts/generate-types.ts. Do not edit.

/**
 * Labels that a distribution's selector can ask for.
 */
export type ActorLabels = {
  /**
   * The value of one label.
   */
  [k: string]: string | number | boolean;
} | null;

/**
 * One actor, as a JSON file. Fields that are not listed here are allowed and survive every rewrite.
 */
export interface ActorManifest {
  /**
   * The actor's id. The same as in the file's name.
   */
  actor_id: string | number;
  /**
   * The actor's name, for people.
   */
  name?: string | null;
  /**
   * The actor type: groups actors that share a distribution. Without it the actor is of type `default`.
   */
  type?: string | null;
  labels?: ActorLabels;
  /**
   * The picture that new images are made from: an `s3://` or `https://` URL, or a path relative to the library's root.
   */
  base_image?: string | null;
  [k: string]: unknown;
}
