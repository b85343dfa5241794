import type { FleetSnapshot } from './fleet-board.ts';
import { STANDINGS } from './fleet-row.ts';

/** The whole fleet for the script of the page: small enough for ten thousand actors to be sent at once. */
export interface FleetJson {
  readonly version: number;
  readonly types: readonly string[];
  readonly reasons: readonly string[];
  /** `[actor, name, type, standing, reason, images, target, going, coming, fixes, counts]`; type, standing and reason are indices. */
  readonly rows: readonly (readonly [
    string,
    string,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    readonly number[],
  ])[];
}

export function fleetJson({ version, rows }: FleetSnapshot): FleetJson {
  const types = numbered();
  const reasons = numbered();
  const packed = rows.map(
    (row) =>
      [
        row.actor,
        row.name,
        types.of(row.type),
        STANDINGS.indexOf(row.standing),
        reasons.of(row.reason),
        row.images,
        row.target,
        row.going,
        row.coming,
        row.fixes,
        row.categories.map(({ before }) => before),
      ] as const,
  );
  return { version, types: types.all, reasons: reasons.all, rows: packed };
}

function numbered(): { all: string[]; of(text: string): number } {
  const all: string[] = [];
  const numbers = new Map<string, number>();
  return {
    all,
    of(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, all.length);
      all.push(text);
      return all.length - 1;
    },
  };
}
