import type { UrlTemplate } from './url-template.ts';

/** Where the parts of a library are. */
export interface LibraryLayout {
  /** Absolute folder that relative paths start at. */
  readonly root: string;
  readonly actors: UrlTemplate;
  readonly manifests: UrlTemplate;
  /** One folder per actor: what lies there and is in no manifest is an orphan; new images go there. */
  readonly images: UrlTemplate;
}
