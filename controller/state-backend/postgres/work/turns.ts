import { PRIORITY, type Priority } from '../../../runtime/work-queue.ts';

/** pg-boss orders by one number: the urgency is in its upper part, in the lower part whose turn it is. Higher goes first. */
const LANE = 2 ** 29;
const LEAST_URGENT = Math.max(...Object.values(PRIORITY));

export interface LaneRange {
  readonly minPriority: number;
  readonly maxPriority: number;
}

/** The numbers of one urgency. */
export function laneOf(priority: Priority): LaneRange {
  const minPriority = (LEAST_URGENT - priority) * LANE;
  return { minPriority, maxPriority: minPriority + LANE - 1 };
}

export function urgencyOf(number: number): Priority {
  return (LEAST_URGENT - Math.floor(number / LANE)) as Priority;
}

/**
 * Lets groups take turns: the n-th waiting key of a group comes after the n-th of every other. A group that was away begins where the
 * others are, not where it stopped, so nobody overtakes for ever. Each process counts for itself; two that add are fair each on its own.
 */
export class Turns {
  private readonly last = new Map<Priority, Map<string, number>>();
  private readonly now = new Map<Priority, number>();

  /** The number for one more key of a group. */
  next(priority: Priority, group: string): number {
    const groups = this.last.get(priority) ?? new Map<string, number>();
    this.last.set(priority, groups);
    const turn = Math.max((groups.get(group) ?? -1) + 1, this.now.get(priority) ?? 0);
    groups.set(group, turn);
    return numberOf(priority, turn);
  }

  /** The number of a key that waits for its time: as if it came now, in nobody's turn. */
  current(priority: Priority): number {
    return numberOf(priority, this.now.get(priority) ?? 0);
  }

  /** A key with this number was handed out. */
  seen(number: number): void {
    const priority = urgencyOf(number);
    const turn = laneOf(priority).maxPriority - number;
    if (turn > (this.now.get(priority) ?? 0)) this.now.set(priority, turn);
  }
}

function numberOf(priority: Priority, turn: number): number {
  return laneOf(priority).maxPriority - Math.min(turn, LANE - 1);
}
