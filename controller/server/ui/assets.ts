import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file for browsers, held in memory: what is not in this list is not served. */
export interface Asset {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly digest: string;
}

const FOLDER = join(import.meta.dirname, 'browser');
const STYLES = ['base.css', 'fleet.css', 'actor.css', 'plans.css', 'print.css'];
/** Imported by other scripts, and loaded by every page. */
const SHARED = 'live.js';
const SCRIPTS = ['fleet.js', 'decide.js'];

const shared = script(read(SHARED));
const assets = new Map<string, Asset>([
  [
    'dashboard.css',
    asset(Buffer.from(`${STYLES.map(read).join('\n')}\n${shares()}`), 'text/css; charset=utf-8'),
  ],
  [SHARED, shared],
  ...SCRIPTS.map((name) => [name, script(withSharedAddress(read(name)))] as const),
  ['icon.svg', asset(Buffer.from(read('icon.svg')), 'image/svg+xml')],
]);

export function findAsset(name: string): Asset | undefined {
  return assets.get(name);
}

/** The address of a file; another one when the file has changed, so that browsers may keep it for good. */
export function assetUrl(name: string): string {
  return `/assets/${name}?v=${assets.get(name)?.digest ?? ''}`;
}

/** Classes that hand lengths to the style sheet: the pages' policy allows no style in the markup. */
function shares(): string {
  return Array.from({ length: 101 }, (_, n) => `.v${n}{--v:${n}%}.a${n}{--a:${n}%}`).join('');
}

/** By the very address that pages load it from: under another one it would be another module, and run twice. */
function withSharedAddress(text: string): string {
  return text.replaceAll(`'./${SHARED}'`, `'./${SHARED}?v=${shared.digest}'`);
}

function script(text: string): Asset {
  return asset(Buffer.from(text), 'text/javascript; charset=utf-8');
}

function read(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

function asset(bytes: Buffer, contentType: string): Asset {
  return { bytes, contentType, digest: createHash('sha256').update(bytes).digest('hex').slice(0, 12) };
}
