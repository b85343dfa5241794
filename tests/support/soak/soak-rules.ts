import { join } from 'node:path';
import type { ActionKind, Plan } from '../../../controller/plan/plan.ts';
import { readBooks } from '../colour-generator.ts';
import { DELETES_A_DAY, type Entry, SOAK_ACTORS } from './soak-library.ts';
import { HOUR_MS, type SoakLife } from './soak-life.ts';

const PRICE_USD = 0.04;

/** The rules that hold everywhere (design section 7), as far as they can be seen on the disk, checked again after whatever has happened. */
export class SoakRules {
  private readonly life: SoakLife;
  /** Contents that were ever in a folder or in the trash. */
  private readonly known = new Set<string>();
  /** When contents may be gone from the trash. */
  private readonly expiries = new Map<string, number>();
  /** The manifests after the last thing that strangers did. */
  private manifests = new Map<string, readonly Entry[]>();
  /** Runs that were over when the manifests were last looked at. */
  private readonly oldRuns = new Set<string>();
  private checkedOrders = 0;
  private readonly deletes = new Map<string, number>();
  private clockWasRightSince = 0;

  constructor(life: SoakLife) {
    this.life = life;
    for (const digest of life.library.contents()) this.known.add(digest);
    this.accept();
  }

  /** What strangers have just done is how things are. */
  accept(): void {
    const { library, steady, wall } = this.life;
    this.manifests = new Map(
      SOAK_ACTORS.flatMap((actor) => {
        const entries = library.entries(actor);
        return entries === undefined ? [] : [[actor, entries.filter(({ key }) => library.has(key))]];
      }),
    );
    for (const { id } of library.runs()) this.oldRuns.add(id);
    if (wall.isOff) this.clockWasRightSince = steady.now();
  }

  /** Every rule that is broken, in words. */
  broken(): string[] {
    return [
      ...this.lost(),
      ...this.unpinned(),
      ...this.unplanned(),
      ...this.money(),
      ...this.tooManyDeletes(),
    ];
  }

  /** No image is lost until the end of its retention. */
  private lost(): string[] {
    const { library, removed, wall } = this.life;
    for (const { trash } of library.records()) {
      for (const { digest, expiresAt } of trash) {
        const untilMs = Math.max(this.expiries.get(digest) ?? 0, Date.parse(expiresAt));
        this.expiries.set(digest, untilMs);
      }
    }
    const now = library.contents();
    const gone = [...this.known].filter((digest) => !now.has(digest));
    for (const digest of gone) this.known.delete(digest);
    for (const digest of now) this.known.add(digest);
    return gone
      .filter((digest) => !removed.has(digest) && !((this.expiries.get(digest) ?? Infinity) <= wall.latestMs))
      .map((digest) => `${digest.slice(0, 12)} is lost`);
  }

  /** Pinned images stay. */
  private unpinned(): string[] {
    return [...this.manifests].flatMap(([actor, before]) => {
      const now = this.life.library.entries(actor) ?? [];
      return before
        .filter(({ pinned }) => pinned === true)
        .filter(({ key }) => !now.some((entry) => entry.key === key) || !this.life.library.has(key))
        .map(({ key }) => `pinned ${key} is gone`);
    });
  }

  /** What has come into a manifest, or gone, is an action of a plan that was written and then run. */
  private unplanned(): string[] {
    const { library } = this.life;
    const runs = library.runs().filter(({ id }) => !this.oldRuns.has(id));
    const planless = runs.filter(
      ({ kind, plan }) => kind === 'apply' && library.plan(plan ?? '') === undefined,
    );
    const plans = library.runs().flatMap(({ plan }) => library.plan(plan ?? '') ?? []);
    const changes = [...this.manifests].flatMap(([actor, before]) => {
      const now = library.entries(actor) ?? before;
      const gone = before.filter(({ key }) => !now.some((entry) => entry.key === key));
      const come = now.filter(({ key }) => !before.some((entry) => entry.key === key));
      return [
        ...gone
          .filter(({ key }) => !isPlanned(plans, actor, key, ['delete', 'forget']))
          .map(({ key }) => `${key} went without a plan`),
        ...come
          .filter(
            ({ key }) => library.has(key) && !isPlanned(plans, actor, key, ['adopt', 'restore', 'generate']),
          )
          .map(({ key }) => `${key} came without a plan`),
      ];
    });
    return [...planless.map(({ id }) => `${id} has no plan`), ...changes];
  }

  /** Nothing is paid for twice or without a plan, and the books of the provider are those of the ledger. */
  private money(): string[] {
    const { library } = this.life;
    const orders = readBooks(join(library.root, 'provider-books.jsonl'));
    const fresh = orders.slice(this.checkedOrders);
    this.checkedOrders = orders.length;
    const plans = library.runs().flatMap(({ plan }) => library.plan(plan ?? '') ?? []);
    const seeds = new Set(
      plans.flatMap(({ actors }) =>
        actors.flatMap(({ actions }) =>
          actions.flatMap((action) =>
            action.kind === 'generate' ? action.attempts.map(({ seed }) => seed) : [],
          ),
        ),
      ),
    );
    const tickets = new Set(orders.map(({ ticket }) => ticket));
    const paidUsd = orders.length * PRICE_USD;
    const ledgerUsd = library.ledgerUsd();
    const isOpen = library.records().some(({ journal }) => journal !== undefined);
    const isOff = isOpen ? ledgerUsd < paidUsd - 1e-6 : Math.abs(ledgerUsd - paidUsd) > 1e-6;
    return [
      ...fresh
        .filter(({ seed }) => !seeds.has(seed))
        .map(({ ticket }) => `${ticket} was ordered without a plan`),
      ...(tickets.size < orders.length ? [`${orders.length - tickets.size} orders were paid twice`] : []),
      ...(isOff ? [`the ledger says $${ledgerUsd.toFixed(2)}, the provider $${paidUsd.toFixed(2)}`] : []),
    ];
  }

  /** The guard on deletes holds over any day, as far as days can be told by a clock that is right. */
  private tooManyDeletes(): string[] {
    const { library, steady } = this.life;
    for (const { trash } of library.records()) {
      for (const { id, deletedAt, reason } of trash)
        if (reason !== 'verification-failed') this.deletes.set(id, Date.parse(deletedAt));
    }
    const since = Math.max(steady.now() - 24 * HOUR_MS, this.clockWasRightSince);
    const today = [...this.deletes.values()].filter((ms) => ms > since).length;
    return today > DELETES_A_DAY ? [`${today} images were deleted within a day`] : [];
  }
}

function isPlanned(
  plans: readonly Plan[],
  actor: string,
  key: string,
  kinds: readonly ActionKind[],
): boolean {
  return plans
    .flatMap(({ actors }) => actors.find((plan) => plan.actor === actor)?.actions ?? [])
    .filter(({ kind }) => kinds.includes(kind))
    .some((action) =>
      action.kind === 'generate'
        ? action.attempts.some(({ seed }) => key.includes(`-${seed.toString(36)}.`))
        : action.image === key,
    );
}
