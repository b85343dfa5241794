import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CallsheetError } from '../../../controller/diagnostics/errors.ts';
import { NOT_LEADING } from '../../../controller/reconcile/readiness.ts';
import { untilIdle } from '../until-idle.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { type WatchedController, watchController } from '../watch-controller.ts';
import { type DiskLife, DoomedDisk } from './doomed-disk.ts';
import { WallClock } from './soak-clock.ts';
import { SoakLibrary } from './soak-library.ts';

export const HOUR_MS = 3_600_000;

/** A controller in the middle of its life, and everything that may happen to it. */
export class SoakLife implements AsyncDisposable {
  readonly library: SoakLibrary;
  readonly steady = new VirtualClock(Date.now());
  readonly wall = new WallClock(this.steady);
  readonly random: () => number;
  /** Providers that are down. */
  readonly down = { generator: false, evaluator: false };
  /** Of the specs. */
  photorealistic = 2;
  /** Contents that strangers removed. */
  readonly removed = new Set<string>();
  /** Manifests that strangers broke, as they were before. */
  readonly broken = new Map<string, string>();
  /** How often the controller was killed. */
  deaths = 0;
  private readonly disk = new DoomedDisk();
  private life: DiskLife = newLife();
  private watchedNow: WatchedController;
  private stopNow: () => Promise<void>;

  /** @param root an empty folder. */
  static async begin(root: string, random: () => number): Promise<SoakLife> {
    const library = new SoakLibrary(root);
    await library.build(2);
    return new SoakLife(library, random);
  }

  private constructor(library: SoakLibrary, random: () => number) {
    this.library = library;
    this.random = random;
    this.watchedNow = this.watch();
    this.stopNow = this.disk.run(this.life, () => this.watchedNow.start());
  }

  get watched(): WatchedController {
    return this.watchedNow;
  }

  get isDiskFull(): boolean {
    return this.life.isFull;
  }

  /** Lets virtual time pass; a controller that dies in between is started again. */
  async pass(ms: number): Promise<void> {
    await this.steady.pass(ms, () => this.settle());
  }

  fillDisk(isFull: boolean): void {
    this.life.isFull = isFull;
  }

  /** As SIGKILL, after so many more changes to the disk. */
  killAfter(changes: number): void {
    this.life.changesLeft = changes;
  }

  /** As SIGTERM, and a start afterwards. */
  async restart(): Promise<void> {
    await this.steady.passUntil(this.stopNow());
    await this.library.endLeases();
    const { isFull } = this.life;
    this.life = { ...newLife(), isFull };
    this.watchedNow = this.watch();
    this.stopNow = this.disk.run(this.life, () => this.watchedNow.start());
  }

  switchProviders(): void {
    const { generator, evaluator } = this.watchedNow;
    const down = (what: string) => new CallsheetError('unavailable', `the ${what} is down`);
    generator.down = this.down.generator ? down('generator') : undefined;
    evaluator.down = this.down.evaluator ? down('evaluator') : undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.life.isFull = false;
    await this.steady.passUntil(this.stopNow());
    this.disk[Symbol.dispose]();
  }

  private watch(): WatchedController {
    const watched = watchController(this.library.root, {
      clock: this.wall,
      timer: this.steady,
      random: this.random,
      statePollMs: HOUR_MS,
      generating: { lost: 0.1, random: this.random },
    });
    const { generator } = watched;
    const submit = generator.submit.bind(generator);
    generator.submit = async (order) => {
      // Whoever is dead orders nothing either.
      if (this.disk.current()?.isDead === true) throw new CallsheetError('internal', 'the process is dead');
      return await submit(order);
    };
    this.watchedNow = watched;
    this.switchProviders();
    return watched;
  }

  private async settle(): Promise<void> {
    await untilIdle(async () => {
      if (this.life.isDead) await this.bury();
      return (await this.watchedNow.controller.isIdle()) || (await this.standsBy());
    });
  }

  /** One that cannot take its lease (the disk was full when it tried) sleeps until it tries again: there is no more to come. */
  private async standsBy(): Promise<boolean> {
    if (this.isLeading()) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return !this.isLeading();
  }

  private isLeading(): boolean {
    return this.watchedNow.controller.ready().reasons.every(({ code }) => !NOT_LEADING.has(code));
  }

  /** What the operating system and the leases' end do for a process that is gone; then another one begins. */
  private async bury(): Promise<void> {
    this.deaths += 1;
    // What it tries again after a moment it tries in vain.
    await this.steady.passUntil(this.stopNow());
    for (const path of await readdir(this.library.root, { recursive: true })) {
      if (/\.callsheet-[0-9a-f]{16}$/.test(path))
        await rm(join(this.library.root, path), { recursive: true, force: true });
    }
    this.stopNow = async () => undefined;
    await this.restart();
  }
}

function newLife(): DiskLife {
  return { isFull: false, isDead: false, changesLeft: Number.POSITIVE_INFINITY };
}
