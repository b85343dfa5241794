/** Where an S3 URL points. */
export interface S3Place {
  readonly bucket: string;
  /** As the store knows it, not percent-encoded. Empty for the bucket itself. */
  readonly key: string;
  /** Only where the URL says so. */
  readonly region?: string;
}

const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/;
const HTTP = /^https?:\/\/([^/?#@]+)(?:\/([^?#]*))?/i;
/** `s3.`, `s3-` or `s3.dualstack.`, then perhaps a region. In front of it a bucket: virtual-hosted style; else path style. */
const AWS_HOST =
  /^(?:(?<bucket>.+)\.)?(?:s3-accelerate(?:\.dualstack)?|s3(?:[.-]dualstack)?(?:[.-](?<region>[a-z]{2}(?:-[a-z]+)+-\d))?)\.amazonaws\.com(?:\.cn)?$/;

/**
 * Reads `s3://bucket/key`, `https://bucket.s3.region.amazonaws.com/key`, `https://s3.region.amazonaws.com/bucket/key`, and both styles on
 * the host of `endpoint` where one is given (what AWS_ENDPOINT_URL_S3 says). Undefined for any other URL.
 *
 * An `s3://` key is taken as it stands: a `?`, `#`, `%` or `+` belongs to it. In an `https` URL `%20` is a space, `+` is a plus, and a query
 * (a signature, usually) is dropped.
 */
export function parseS3Url(text: string, endpoint?: string): S3Place | undefined {
  if (/^s3:\/\//i.test(text)) return placeIn(text.slice('s3://'.length), (key) => key);
  const match = HTTP.exec(text);
  if (match === null) return undefined;
  const host = withoutUsualPort(match[1]!.toLowerCase());
  const path = match[2] ?? '';
  return onAws(host, path) ?? onEndpoint(host, path, endpoint);
}

/** The endpoint that is not AWS's own, where the environment names one. */
export function s3EndpointIn(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || undefined;
}

/** The canonical form. */
export function formatS3Url(bucket: string, key: string): string {
  return `s3://${bucket}/${key}`;
}

function onAws(host: string, path: string): S3Place | undefined {
  const groups = AWS_HOST.exec(host)?.groups;
  if (groups === undefined) return undefined;
  const place = placeAt(groups.bucket, path);
  const region = groups.region;
  return place === undefined || region === undefined ? place : { ...place, region };
}

function onEndpoint(host: string, path: string, endpoint: string | undefined): S3Place | undefined {
  const match = endpoint === undefined ? null : HTTP.exec(endpoint);
  if (match === null) return undefined;
  const own = withoutUsualPort(match[1]!.toLowerCase());
  // Some stores answer below a path of their host.
  const folder = (match[2] ?? '').replace(/\/+$/, '');
  const base = folder === '' ? '' : `${folder}/`;
  if (!path.startsWith(base)) return undefined;
  const rest = path.slice(base.length);
  if (host === own) return placeAt(undefined, rest);
  return host.endsWith(`.${own}`) ? placeAt(host.slice(0, -own.length - 1), rest) : undefined;
}

function withoutUsualPort(host: string): string {
  return host.replace(/:(?:80|443)$/, '');
}

function placeAt(bucket: string | undefined, path: string): S3Place | undefined {
  return placeIn(bucket === undefined ? path : `${bucket}/${path}`, decode);
}

function placeIn(text: string, decodeKey: (key: string) => string): S3Place | undefined {
  const slash = text.indexOf('/');
  const bucket = slash === -1 ? text : text.slice(0, slash);
  const key = slash === -1 ? '' : text.slice(slash + 1);
  return BUCKET.test(bucket) ? { bucket, key: decodeKey(key) } : undefined;
}

/** A `%` that starts no escape is one that was never escaped. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
