import { type FleetRow, STANDINGS, type Standing } from './fleet-row.ts';

/** What of the fleet somebody wants to see, as the address says it. */
export interface FleetQuery {
  readonly text: string;
  readonly type: string | undefined;
  readonly standing: Standing | undefined;
  readonly reason: string | undefined;
  readonly sort: FleetSort;
  readonly descending: boolean;
  /** From 1. */
  readonly page: number;
}

export const FLEET_SORTS = ['standing', 'actor', 'name', 'type', 'images', 'changes'] as const;
export type FleetSort = (typeof FLEET_SORTS)[number];
export const PAGE_ROWS = 50;

/** Reads an address; what makes no sense there is left out. */
export function readFleetQuery(search: URLSearchParams): FleetQuery {
  const sort = FLEET_SORTS.find((name) => name === search.get('sort')) ?? 'standing';
  const page = Number(search.get('page') ?? 1);
  return {
    text: (search.get('q') ?? '').slice(0, 200),
    type: search.has('type') && search.get('type') !== '*' ? search.get('type')! : undefined,
    standing: STANDINGS.find((name) => name === search.get('standing')),
    reason: search.get('reason') || undefined,
    sort,
    descending: search.get('order') === 'desc',
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** The address of the fleet page with some of the query changed; defaults are left out. */
export function fleetAddress(query: FleetQuery, change: Partial<FleetQuery> = {}): string {
  const { text, type, standing, reason, sort, descending, page } = { ...query, page: 1, ...change };
  const search = new URLSearchParams();
  if (text !== '') search.set('q', text);
  if (type !== undefined) search.set('type', type);
  if (standing !== undefined) search.set('standing', standing);
  if (reason !== undefined) search.set('reason', reason);
  if (sort !== 'standing') search.set('sort', sort);
  if (descending) search.set('order', 'desc');
  if (page > 1) search.set('page', String(page));
  const written = search.toString();
  return written === '' ? '/' : `/?${written}`;
}

/** The rows that fit, in the order asked for; equal ones in the order of their ids. */
export function selectRows(rows: readonly FleetRow[], query: FleetQuery): FleetRow[] {
  const words = query.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = rows.filter(
    (row) =>
      (query.standing === undefined || row.standing === query.standing) &&
      (query.type === undefined || row.type === query.type) &&
      (query.reason === undefined || row.reason === query.reason) &&
      words.every((word) => `${row.actor} ${row.name} ${row.type}`.toLowerCase().includes(word)),
  );
  const key = KEYS[query.sort];
  const sign = query.descending ? -1 : 1;
  return found.sort((a, b) => sign * compare(key(a), key(b)) || compare(a.actor, b.actor));
}

const KEYS: Readonly<Record<FleetSort, (row: FleetRow) => string | number>> = {
  standing: ({ standing }) => STANDINGS.indexOf(standing),
  actor: ({ actor }) => actor,
  name: ({ name }) => name.toLowerCase(),
  type: ({ type }) => type,
  images: ({ images }) => images,
  changes: ({ going, coming, fixes }) => -(going + coming + fixes),
};

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
