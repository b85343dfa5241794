import { type Location, parseLocation } from './location.ts';
import type { UrlTemplate } from './url-template.ts';

/** Where the parts of a library are. */
export interface LibraryLayout {
  /** Absolute folder that relative paths start at. */
  readonly root: string;
  /** URL of the S3 store where it is not AWS's own: what URLs in the users' files may begin with. */
  readonly endpoint?: string;
  readonly actors: UrlTemplate;
  readonly manifests: UrlTemplate;
  /** One folder per actor: what lies there and is in no manifest is an orphan; new images go there. */
  readonly images: UrlTemplate;
}

/**
 * Reads a location that people wrote.
 *
 * @throws CallsheetError `invalid-input` as `parseLocation` does.
 */
export function locationIn({ root, endpoint }: LibraryLayout, text: string): Location {
  return parseLocation(text, root, endpoint);
}
