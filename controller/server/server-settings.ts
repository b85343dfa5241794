import { BlockList, isIP } from 'node:net';
import { CallsheetError } from '../diagnostics/errors.ts';
import { isLoopback } from '../runtime/loopback.ts';
import { readSecret } from '../runtime/read-secret.ts';
import type { ApiToken, ProxyAuth, Role } from './identity.ts';

/** Where the server listens and whom it lets in. */
export interface ServerSettings {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly tokens: readonly ApiToken[];
  readonly proxy: ProxyAuth | undefined;
  readonly anonymous: Role | undefined;
  /** Names that a request may be addressed to, besides those of loopback. Empty while listening elsewhere: any. */
  readonly allowedHosts: readonly string[];
  /** Where people reach the server, without a slash at the end. */
  readonly publicUrl: string | undefined;
  /** Whether metrics are told to everybody who can connect. */
  readonly openMetrics: boolean;
  /** Any of them may sign a push webhook. Empty: no webhooks. */
  readonly webhookSecrets: readonly string[];
}

export const DEFAULT_LISTEN = '127.0.0.1:8322';
const SHORTEST_TOKEN = 16;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the environment.
 *
 * @param listen `HOST:PORT`, `:PORT` (loopback) or `[::1]:PORT`; else `CALLSHEET_LISTEN`, else {@link DEFAULT_LISTEN}.
 * @throws CallsheetError `invalid-input`; above all when it would listen beyond this machine without anything to log in with.
 */
export async function readServerSettings(env: Env, listen?: string): Promise<ServerSettings> {
  const { host, port } = parseListen(listen ?? env.CALLSHEET_LISTEN ?? DEFAULT_LISTEN);
  const editor = await readSecret(env, 'CALLSHEET_API_TOKEN');
  const viewer = await readSecret(env, 'CALLSHEET_VIEWER_TOKEN');
  const tokens = [...tokensOf(editor, 'editor', 'api'), ...tokensOf(viewer, 'viewer', 'viewer')];
  const proxy = proxyOf(env);
  const guarded = tokens.length > 0 || proxy !== undefined;
  if (!isLoopback(host) && !guarded) {
    throw new CallsheetError(
      'invalid-input',
      `the server would listen on ${host} without asking anybody who they are`,
      {
        hint: 'Set CALLSHEET_API_TOKEN (or CALLSHEET_API_TOKEN_FILE), configure CALLSHEET_PROXY_USER_HEADER, or listen on 127.0.0.1.',
      },
    );
  }
  return {
    host,
    port,
    tokens,
    proxy,
    anonymous: guarded ? undefined : 'editor',
    allowedHosts: wordsOf(env.CALLSHEET_ALLOWED_HOSTS).map((name) => name.toLowerCase()),
    publicUrl: publicUrlOf(env.CALLSHEET_PUBLIC_URL),
    openMetrics: isOn(env.CALLSHEET_METRICS_OPEN),
    webhookSecrets: wordsOf(await readSecret(env, 'CALLSHEET_WEBHOOK_SECRET')),
  };
}

function parseListen(text: string): { host: string; port: number } {
  const found = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]*)):(\d{1,5})$/i.exec(text.trim());
  const port = Number(found?.[3]);
  if (found === null || port > 65_535) {
    throw new CallsheetError('invalid-input', `"${text}" is no address to listen on`, {
      hint: `Write HOST:PORT, for example ${DEFAULT_LISTEN} or 0.0.0.0:8322.`,
    });
  }
  const host = found[1] ?? found[2];
  return { host: host === undefined || host === '' ? '127.0.0.1' : host.toLowerCase(), port };
}

function tokensOf(token: string | undefined, role: Role, name: string): ApiToken[] {
  if (token === undefined) return [];
  if (token.length < SHORTEST_TOKEN) {
    throw new CallsheetError(
      'invalid-input',
      `the ${role}'s token has fewer than ${SHORTEST_TOKEN} characters`,
      {
        hint: 'Make one with "openssl rand -base64 32".',
      },
    );
  }
  return [{ token, role, name }];
}

function proxyOf(env: Env): ProxyAuth | undefined {
  const userHeader = env.CALLSHEET_PROXY_USER_HEADER?.trim();
  if (userHeader === undefined || userHeader === '') return undefined;
  const trusted = new BlockList();
  const addresses = wordsOf(env.CALLSHEET_PROXY_TRUSTED);
  for (const address of addresses.length > 0 ? addresses : ['127.0.0.1', '::1']) trust(trusted, address);
  return {
    userHeader,
    roleHeader: env.CALLSHEET_PROXY_ROLE_HEADER?.trim() || undefined,
    editors: new Set(wordsOf(env.CALLSHEET_PROXY_EDITORS)),
    trusted,
  };
}

function trust(list: BlockList, text: string): void {
  const [address = '', bits] = text.split('/');
  const version = isIP(address);
  const most = version === 6 ? 128 : 32;
  const prefix = bits === undefined ? most : Number(bits);
  if (version === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > most) {
    throw new CallsheetError(
      'invalid-input',
      `CALLSHEET_PROXY_TRUSTED: "${text}" is no IP address and no network`,
      {
        hint: 'Write addresses or networks with spaces or commas between them, for example "10.0.0.0/8 ::1".',
      },
    );
  }
  list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4');
}

function publicUrlOf(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CallsheetError('invalid-input', 'CALLSHEET_PUBLIC_URL is no http(s) URL');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
}

function isOn(text: string | undefined): boolean {
  return text !== undefined && !['', '0', 'false', 'no'].includes(text.trim().toLowerCase());
}
