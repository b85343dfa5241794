import { posix } from 'node:path';
import { CallsheetError } from '../diagnostics/errors.ts';
import { redactSecrets } from '../diagnostics/redact.ts';
import { parseS3Url } from '../object-store/s3-url.ts';

/** Where an object is, whatever way it was written down. */
export type Location =
  /** `path` is absolute and normalised. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 's3'; readonly bucket: string; readonly key: string };

/**
 * Reads a location as it stands in a manifest or a spec: `s3://bucket/key`, an S3 `https://` URL, `file:` with an absolute or relative
 * path, or a bare path. Relative paths start at `root`, the library's root folder (absolute). With the `endpoint` of a store that is not
 * AWS's own, URLs on its host are S3 URLs too, whether the bucket stands in the host or in the path. Canonical names need no endpoint.
 *
 * @throws CallsheetError `invalid-input` for other URLs and for text that cannot be a path.
 */
export function parseLocation(text: string, root: string, endpoint?: string): Location {
  if (text === '' || text.includes('\0'))
    throw new CallsheetError('invalid-input', `${quote(text)} is not a location`);
  if (/^(s3|https?):\/\//i.test(text)) {
    const s3 = parseS3Url(text, endpoint);
    if (s3 === undefined) {
      throw new CallsheetError('invalid-input', `${quote(publicPart(text))} is not an S3 URL`, {
        hint: 'Write s3://bucket/key, https://bucket.s3.region.amazonaws.com/key, or a path relative to the library. URLs of a store of your own are known by AWS_ENDPOINT_URL_S3.',
      });
    }
    return { kind: 's3', bucket: s3.bucket, key: s3.key };
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^file:/i.test(text)) {
    throw new CallsheetError(
      'invalid-input',
      `${quote(publicPart(text))} is neither a file: nor an s3:// URL`,
    );
  }
  return { kind: 'file', path: posix.resolve(root, filePath(text)) };
}

/** `file:data/x`, `file:///srv/x` and `data/x` as a path, relative ones left relative. */
function filePath(text: string): string {
  if (!/^file:/i.test(text)) return text;
  const rest = text.slice('file:'.length);
  const path = rest.startsWith('//') ? rest.replace(/^\/\/(localhost)?/, '') : rest;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The canonical form, which identifies an image: a path relative to the root, `file:///…` outside of it, or `s3://bucket/key`. */
export function formatLocation(location: Location, root: string): string {
  if (location.kind === 's3') return `s3://${location.bucket}/${location.key}`;
  const inside = posix.relative(root, location.path);
  return inside === '' || inside.startsWith('../') || inside === '..' ? `file://${location.path}` : inside;
}

/** The canonical form of a folder, such that the canonical form of what lies below it starts with it. */
export function folderName(folder: Location, root: string): string {
  const name = formatLocation(folder, root);
  if (folder.kind === 's3' || name === '') return name;
  // The root itself is nothing but the beginning of every relative path.
  return folder.path === root || folder.path === `${root}/` ? '' : `${name.replace(/\/$/, '')}/`;
}

/**
 * The canonical form of a location as it is written in a manifest, or undefined when only `parseLocation` can tell. Most entries of most
 * libraries are in their canonical form already, and there are millions of them.
 */
export function alreadyCanonical(text: string): string | undefined {
  return NEEDS_PARSING.test(text) ? undefined : text;
}

/** A scheme, a backslash, a NUL, a leading slash, an empty part, or a part that is `.` or `..`. */
const NEEDS_PARSING = /[:\\\0]|^$|(^|\/)\.{0,2}(\/|$)/;

/** Whether `location` is at or below `folder`. */
export function isBelow(location: Location, folder: Location): boolean {
  if (location.kind === 'file') {
    if (folder.kind !== 'file') return false;
    const base = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
    return location.path === folder.path || location.path.startsWith(base);
  }
  return folder.kind === 's3' && location.bucket === folder.bucket && location.key.startsWith(folder.key);
}

/** A URL without what makes it a key: password and query. For messages, which are kept and shown. */
export function publicPart(url: string): string {
  return redactSecrets(url.replace(/\?.*$/s, ''));
}

function quote(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
