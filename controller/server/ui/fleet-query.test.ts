import { describe, expect, it } from 'vitest';
import { fleetAddress, readFleetQuery, selectRows } from './fleet-query.ts';
import type { FleetRow, Standing } from './fleet-row.ts';

function row(actor: string, standing: Standing, images: number, name = ''): FleetRow {
  const reason = standing === 'off' ? 'OutsideTolerance' : 'Balanced';
  return {
    actor,
    name,
    type: 'film',
    standing,
    reason,
    message: '',
    seenAt: '',
    images,
    target: 20,
    categories: [],
    going: 0,
    coming: 0,
    fixes: 0,
  };
}

const ROWS = [
  row('a', 'balanced', 20),
  row('b', 'off', 22, 'Ann Lee'),
  row('c', 'off', 18),
  row('d', 'failing', 20),
];

function select(search: string): string[] {
  return selectRows(ROWS, readFleetQuery(new URLSearchParams(search))).map(({ actor }) => actor);
}

describe('what somebody wants to see of the fleet', () => {
  it('begins with what needs somebody', () => {
    expect(select('')).toEqual(['d', 'b', 'c', 'a']);
  });

  it('is found by every word of id, name and type', () => {
    expect(select('q=LEE+ann')).toEqual(['b']);
    expect(select('q=film+x')).toEqual([]);
  });

  it('is filtered and sorted', () => {
    expect(select('standing=off&sort=images')).toEqual(['c', 'b']);
    expect(select('standing=off&sort=images&order=desc')).toEqual(['b', 'c']);
    expect(select('reason=Balanced&type=film')).toEqual(['d', 'a']);
  });

  it('survives addresses that make no sense, and is written back short', () => {
    const odd = readFleetQuery(new URLSearchParams('page=-3&sort=__proto__&standing=constructor&type=*'));
    expect(odd).toMatchObject({ page: 1, sort: 'standing', standing: undefined, type: undefined });
    expect(fleetAddress(odd)).toBe('/');
    expect(fleetAddress(odd, { text: 'a&b', page: 2 })).toBe('/?q=a%26b&page=2');
  });
});
