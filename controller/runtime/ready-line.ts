import { PRIORITY, type Priority } from './work-queue.ts';

/** A key that may be handed out. */
export interface Ready {
  readonly key: string;
  readonly priority: Priority;
  readonly group: string;
  readonly sinceMs: number;
  /** Orders what became ready at the same time. */
  readonly order: number;
}

/** Every so many hand-outs, the key that has waited longest goes first, whatever its priority: nothing starves. */
export const FAIR_TURN = 8;

/** Groups in the order of their turns. */
type Lane = Map<string, Line>;

/** Keys that may be handed out, and the choice of the next: most urgent first, groups by turns, first come first served within one. */
export class ReadyLine {
  private readonly lanes: readonly Lane[] = Object.values(PRIORITY).map(() => new Map());
  private readonly keys = new Map<string, Ready>();
  private handedOut = 0;

  get size(): number {
    return this.keys.size;
  }

  get(key: string): Ready | undefined {
    return this.keys.get(key);
  }

  /** Puts a key in, or moves it: to the end of the line of its priority and group, whatever they were. */
  put(ready: Ready): void {
    const before = this.keys.get(ready.key);
    if (before !== undefined) this.remove(before);
    const lane = this.lanes[ready.priority]!;
    const group = lane.get(ready.group) ?? new Line();
    lane.set(ready.group, group);
    group.add(ready);
    this.keys.set(ready.key, ready);
  }

  /** Takes the next key out; undefined when there is none. */
  next(): Ready | undefined {
    if (this.keys.size === 0) return undefined;
    this.handedOut += 1;
    const chosen = this.handedOut % FAIR_TURN === 0 ? this.oldest() : this.mostUrgent();
    this.remove(chosen);
    return chosen;
  }

  private mostUrgent(): Ready {
    for (const lane of this.lanes) {
      const [turn] = lane;
      if (turn === undefined) continue;
      const [name, group] = turn;
      // The group goes to the end of the line for its next turn.
      lane.delete(name);
      lane.set(name, group);
      return group.first();
    }
    throw new Error('the line is empty');
  }

  private oldest(): Ready {
    const heads = this.lanes.flatMap((lane) => [...lane.values()].map((group) => group.first()));
    return heads.reduce((a, b) =>
      b.sinceMs < a.sinceMs || (b.sinceMs === a.sinceMs && b.order < a.order) ? b : a,
    );
  }

  private remove({ key, priority, group: name }: Ready): void {
    const lane = this.lanes[priority]!;
    const group = lane.get(name)!;
    group.remove(key);
    if (group.size === 0) lane.delete(name);
    this.keys.delete(key);
  }
}

/** Keys of one group in the order in which they came. */
class Line {
  private readonly keys = new Map<string, Ready>();
  /**
   * Where the search for the first key goes on. A map keeps a hole for every key that was taken out of it, and a new iterator passes over all
   * of them: with a hundred thousand keys, each hand-out would look at tens of thousands of holes.
   */
  private cursor = this.keys.values();
  private head: Ready | undefined;

  get size(): number {
    return this.keys.size;
  }

  add(ready: Ready): void {
    this.keys.set(ready.key, ready);
  }

  remove(key: string): void {
    this.keys.delete(key);
  }

  /** Never of an empty line. */
  first(): Ready {
    while (this.head === undefined || this.keys.get(this.head.key) !== this.head) {
      const next = this.cursor.next();
      // One that has come to the end stays there, whatever is added later.
      if (next.done === true) this.cursor = this.keys.values();
      this.head = next.value;
    }
    return this.head;
  }
}
