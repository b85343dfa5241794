// Generated from schemas/training-manifest.schema.json by scripts/generate-types.ts. Do not edit.

/**
 * Its `s3://` or `https://` URL, or a path relative to the library's root.
 */
export type ImageUrl = string;

/**
 * The training set of one actor, as a JSON file that the training job reads. Fields that are not listed here are allowed and survive every rewrite, in order.
 */
export interface TrainingManifest {
  /**
   * The actor's id.
   */
  actor_id?: string | number;
  /**
   * The images of the training set. Each is a URL or path, or an object that has one.
   *
   * Items: One image.
   */
  images: (ImageUrl | TrainingEntry)[];
  [k: string]: unknown;
}
/**
 * One image with notes. The first of `s3_url`, `url` and `key` that is there says where the image is.
 */
export interface TrainingEntry {
  /**
   * Where it is: `s3://bucket/key` or `https://bucket.s3.region.amazonaws.com/key`.
   */
  s3_url?: string;
  /**
   * Where it is: a URL, or a path relative to the library's root.
   */
  url?: string;
  /**
   * Its key in the bucket of the library's images, or a path relative to the library's root.
   */
  key?: string;
  /**
   * Protects the image for good: a pinned image is never deleted.
   */
  pinned?: boolean;
  /**
   * The prompt that it was made from.
   */
  prompt?: string | null;
  /**
   * The number of that prompt in the prompt library.
   */
  prompt_number?: number | null;
  /**
   * What made it: `local`, or provider and model.
   */
  generator?: string | null;
  [k: string]: unknown;
}
