/** A key whose time has not come. */
export interface Delayed {
  readonly key: string;
  readonly dueMs: number;
}

/** Keys by when they are due: a binary heap, in which replaced entries stay until they come up. */
export class DelayLine<T extends Delayed> {
  private heap: T[] = [];
  private readonly current = new Map<string, T>();

  get size(): number {
    return this.current.size;
  }

  get(key: string): T | undefined {
    return this.current.get(key);
  }

  /** Replaces what was there for the key. */
  put(entry: T): void {
    this.current.set(entry.key, entry);
    this.heap.push(entry);
    this.rise(this.heap.length - 1);
    // Replaced entries must not pile up when keys are put again and again.
    if (this.heap.length > 64 && this.heap.length > 4 * this.current.size) this.rebuild();
  }

  /** When the next key is due; undefined when there is none. */
  nextMs(): number | undefined {
    this.dropReplaced();
    return this.heap[0]?.dueMs;
  }

  /** Takes out what is due, the earliest first. */
  takeDue(nowMs: number): T[] {
    const due: T[] = [];
    for (let next = this.nextMs(); next !== undefined && next <= nowMs; next = this.nextMs()) {
      const entry = this.pop();
      this.current.delete(entry.key);
      due.push(entry);
    }
    return due;
  }

  private dropReplaced(): void {
    while (this.heap.length > 0 && this.current.get(this.heap[0]!.key) !== this.heap[0]) this.pop();
  }

  private rebuild(): void {
    this.heap = [...this.current.values()].sort((a, b) => a.dueMs - b.dueMs);
  }

  private pop(): T {
    const top = this.heap[0]!;
    const last = this.heap.pop()!;
    if (this.heap.length > 0) {
      this.heap[0] = last;
      this.sink(0);
    }
    return top;
  }

  private rise(index: number): void {
    for (let at = index; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (this.heap[parent]!.dueMs <= this.heap[at]!.dueMs) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(index: number): void {
    for (let at = index; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < this.heap.length && this.heap[left]!.dueMs < this.heap[least]!.dueMs) least = left;
      if (right < this.heap.length && this.heap[right]!.dueMs < this.heap[least]!.dueMs) least = right;
      if (least === at) return;
      this.swap(at, least);
      at = least;
    }
  }

  private swap(a: number, b: number): void {
    [this.heap[a], this.heap[b]] = [this.heap[b]!, this.heap[a]!];
  }
}
