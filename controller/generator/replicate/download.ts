import { CallsheetError } from '../../diagnostics/errors.ts';
import { sharp } from '../../picture/sharp.ts';
import { sniff } from '../../picture/sniff.ts';
import { retryAfterMs } from '../../runtime/retry-after.ts';

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly maxPixels: number;
  readonly timeoutMs: number;
}

export interface Downloaded {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** Hosts that outputs may come from: over HTTPS alone, `*.example.org` for subdomains; `name:*` allows any port, and HTTP. */
export type AllowedHosts = readonly string[];

export const REPLICATE_HOSTS: AllowedHosts = ['replicate.delivery', '*.replicate.delivery'];

/**
 * Fetches a finished picture. The address comes from outside, so only known hosts are asked, also after redirects, and the size
 * is bounded.
 *
 * @throws CallsheetError `unavailable` or `rate-limited` (ask again), `not-found` (it is gone), `too-large`, or `corrupt`.
 */
export async function download(
  url: string,
  hosts: AllowedHosts,
  limits: DownloadLimits,
  nowMs: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  try {
    const bound = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const response = await follow(url, hosts, bound);
    assertGood(response, nowMs);
    return await readBounded(response, limits.maxBytes);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CallsheetError) throw error;
    throw new CallsheetError('unavailable', 'the finished picture could not be downloaded from Replicate');
  }
}

const MAX_REDIRECTS = 3;

async function follow(url: string, hosts: AllowedHosts, signal: AbortSignal): Promise<Response> {
  let address = url;
  for (let redirects = 0; ; redirects += 1) {
    assertAllowed(address, hosts);
    const response = await fetch(address, { redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null || redirects === MAX_REDIRECTS)
      return response;
    await response.body?.cancel();
    address = new URL(location, address).href;
  }
}

/**
 * The picture as it will be stored: decodable to its last pixel, and without metadata (position, prompts, thumbnails). The bytes
 * stay as they are unless there is metadata to take out. Rejects with `corrupt`.
 */
export async function sanitise(
  bytes: Uint8Array,
  { maxPixels }: Pick<DownloadLimits, 'maxPixels'>,
): Promise<Downloaded> {
  const kind = sniff(bytes);
  if (kind.kind !== 'picture') throw corrupt(kind.name);
  const { format } = kind;
  if (format !== 'jpeg' && format !== 'png' && format !== 'webp') throw corrupt(`a ${format} file`);
  try {
    const options = { failOn: 'warning', limitInputPixels: maxPixels, autoOrient: true } as const;
    const { exif, xmp, iptc, icc, comments } = await sharp(bytes, options).metadata();
    const isClean = [exif, xmp, iptc, comments].every((part) => part === undefined);
    if (isClean) await sharp(bytes, options).stats();
    const clean = isClean ? bytes : await reencode(sharp(bytes, options), format, icc !== undefined);
    return { bytes: clean, contentType: `image/${format}` };
  } catch {
    throw corrupt('a damaged file');
  }
}

async function reencode(
  picture: ReturnType<typeof sharp>,
  format: 'jpeg' | 'png' | 'webp',
  hasProfile: boolean,
): Promise<Uint8Array> {
  const quality = format === 'png' ? {} : { quality: 95 };
  // Colours are brought to sRGB, so no profile has to be kept either.
  const pipeline = hasProfile ? picture.toColourspace('srgb') : picture;
  return await pipeline.toFormat(format, quality).toBuffer();
}

function corrupt(what: string): CallsheetError {
  return new CallsheetError('corrupt', `Replicate delivered ${what} instead of a picture`);
}

function assertAllowed(text: string, hosts: AllowedHosts): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const allowed = url !== undefined && hosts.some((host) => fits(url, host));
  if (!allowed)
    throw new CallsheetError(
      'unsupported',
      'Replicate named an address for the picture that is not one of its own',
    );
}

function fits({ protocol, hostname, port }: URL, allowed: string): boolean {
  if (allowed.endsWith(':*')) return hostname === allowed.slice(0, -2) && /^https?:$/.test(protocol);
  if (protocol !== 'https:' || port !== '') return false;
  return allowed.startsWith('*.') ? hostname.endsWith(allowed.slice(1)) : hostname === allowed;
}

function assertGood(response: Response, nowMs: number): void {
  const { status } = response;
  if (response.ok) return;
  void response.body?.cancel();
  if (status === 404 || status === 410 || status === 403) {
    throw new CallsheetError('not-found', `the finished picture is no longer at Replicate (HTTP ${status})`);
  }
  if (status === 429) {
    const waitMs = retryAfterMs(response.headers, nowMs);
    throw new CallsheetError(
      'rate-limited',
      'Replicate delivers no more pictures for now',
      waitMs === undefined ? {} : { retryAfterMs: waitMs },
    );
  }
  // That there is no credit says nothing of a picture that is paid for: it is asked for again.
  if (status === 402 || status === 408 || status >= 500)
    throw new CallsheetError('unavailable', `Replicate failed to deliver the picture (HTTP ${status})`);
  throw new CallsheetError(
    'unsupported',
    `Replicate answered HTTP ${status} instead of delivering the picture`,
  );
}

async function readBounded(response: Response, maxBytes: number): Promise<Uint8Array> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (announced > maxBytes) throw tooLarge(response, maxBytes);
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(response, maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(response: Response, maxBytes: number): CallsheetError {
  void response.body?.cancel().catch(() => {});
  return new CallsheetError('too-large', `Replicate delivered a file of more than ${maxBytes} bytes`);
}
