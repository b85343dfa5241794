import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { misfortune, putRight } from './misfortunes.ts';
import { SOAK_ACTORS } from './soak-library.ts';
import { HOUR_MS, SoakLife } from './soak-life.ts';
import { SoakRules } from './soak-rules.ts';

export interface SoakReport {
  /** Rules that were broken, with what had happened before. */
  readonly broken: readonly string[];
  /** What happened, in order. */
  readonly story: readonly string[];
  /** How many events of each type the controller told. */
  readonly events: Readonly<Record<string, number>>;
  /** Bytes of heap in use after a collection of garbage, at the end of each day. */
  readonly heap: readonly number[];
  readonly deaths: number;
  /** Pictures that each actor is to have in the end. */
  readonly target: number;
  /** `Ready` of the library in the end. */
  readonly ready: { readonly status: string; readonly reason: string } | undefined;
}

/** Lets a controller live for so many days, with a misfortune every few hours, and in the end puts everything right and waits. */
export async function soak(
  root: string,
  days: number,
  random: () => number,
  tell: (life: SoakLife, said: string) => void = () => undefined,
): Promise<SoakReport> {
  await using life = await SoakLife.begin(root, random);
  const rules = new SoakRules(life);
  const story: string[] = [];
  const broken: string[] = [];
  const heap: number[] = [];
  const events: Record<string, number> = {};
  const check = () => {
    const said = `after: ${story.slice(-4).join('; ')}`;
    broken.push(...rules.broken().map((rule) => `${rule}, ${said}`));
    for (const { type } of life.watched.events.splice(0)) events[type] = (events[type] ?? 0) + 1;
  };
  const report = (): SoakReport => {
    const ready = life.watched.controller.library()?.conditions[0];
    return { broken, story, events, heap, deaths: life.deaths, target: life.photorealistic + 2, ready };
  };
  for (let hours = 0; hours < days * 24; ) {
    const step = 1 + Math.floor(random() * 12);
    await life.pass(step * HOUR_MS);
    check();
    // What is broken is best looked at as it is.
    if (broken.length > 0) return report();
    const said = await misfortune(life);
    story.push(said);
    tell(life, said);
    rules.accept();
    hours += step;
    if (hours / 24 > heap.length + 1) heap.push(heapUsed());
  }
  await putRight(life);
  life.photorealistic = 5 - life.photorealistic;
  await life.library.setTarget(life.photorealistic);
  rules.accept();
  for (let day = 0; day < 6; day += 1) {
    await life.pass(24 * HOUR_MS);
    if (day === 3) await life.watched.controller.reconcileNow(SOAK_ACTORS);
    check();
    rules.accept();
  }
  return report();
}

function heapUsed(): number {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
