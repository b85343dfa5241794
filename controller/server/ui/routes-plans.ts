import type { Hono } from 'hono';
import type { StateBackend } from '../../state-backend/state-backend.ts';
import { readDecision } from '../../usecases/decide-plan.ts';
import { loadPlan } from '../../usecases/plan-files.ts';
import { readRun } from '../../usecases/read-history.ts';
import type { Workspace } from '../../workspace.ts';
import { refuse } from '../refusal.ts';
import type { RequestContext, RequestVariables } from '../request-guard.ts';
import { guardPage } from './page-guard.ts';
import { planPage } from './pages/plan-page.ts';
import { type PlanWord, plansPage, planWord } from './pages/plans-page.ts';
import { runPage, runsPage } from './pages/runs-page.ts';
import { planHtmlOf } from './plan-report.ts';
import { type Dashboard, show } from './show-page.ts';
import type { PlanEntry, RunEntry } from './state-index.ts';

const PLANS_LISTED = 30;
const RUNS_LISTED = 100;
const DECISIONS: ReadonlySet<string> = new Set([
  'pin',
  'unpin',
  'relabel',
  'reject',
  'withdraw',
  'approve',
  'suspend',
  'resume',
  'trash-restore',
  'trash-empty',
]);

/** Plans: the list, one of them, and its report as a file. */
export function addPlans(pages: Hono<RequestVariables>, dashboard: Dashboard): void {
  const { context, board } = dashboard;
  const { index } = board;
  pages.get('/plans', async (c) => {
    guardPage(c, context);
    await board.snapshot();
    const before = c.req.query('before');
    const ids = index.planIds.filter((id) => before === undefined || id < before);
    const listed = ids.slice(0, PLANS_LISTED);
    const main = await context.library.use(async ({ state }) => {
      await index.readOlder(state, listed);
      const plans = index.plans.filter(({ id }) => listed.includes(id));
      const standing = new Map<string, PlanWord>();
      for (const plan of plans) standing.set(plan.id, await wordOf(dashboard, state, plan));
      return plansPage({
        plans,
        standing,
        runs: runsByPlan(index.runs),
        more: ids.length > PLANS_LISTED ? listed.at(-1) : undefined,
      });
    });
    return await show(c, dashboard, { title: 'Plans', place: 'plans', main });
  });
  pages.get('/plans/:plan', async (c) => {
    const identity = guardPage(c, context);
    await board.snapshot();
    const main = await context.library.use(async ({ state }) => {
      const plan = await loadPlan({ state }, planIn(c), c.req.raw.signal);
      const decision = await readDecision(state, plan);
      await index.readOlder(state, [plan.id]);
      const entry = index.plans.find(({ id }) => id === plan.id);
      const word = entry === undefined ? 'superseded' : await wordOf(dashboard, state, entry);
      const run = runsByPlan(index.runs).get(plan.id);
      const applies = context.api.library()?.pending?.plan === plan.id;
      return planPage({
        plan,
        decision,
        word,
        run,
        canDecide: identity.role === 'editor',
        applies,
        page: pageIn(c),
      });
    });
    return await show(c, dashboard, { title: 'Plan', place: 'plans', main });
  });
  pages.get('/plans/:plan/report', async (c) => {
    guardPage(c, context);
    const report = await context.library.use((workspace) =>
      planHtmlOf(workspace, planIn(c), c.req.raw.signal),
    );
    // A file of its own, with scripts and styles in it: never a page of this site.
    c.header('Content-Disposition', `attachment; filename="${planIn(c)}.html"`);
    c.header('Content-Type', 'text/html; charset=utf-8');
    return c.body(report);
  });
}

/** Runs and decisions: the list, and one of them. */
export function addRuns(pages: Hono<RequestVariables>, dashboard: Dashboard): void {
  const { context, board } = dashboard;
  pages.get('/runs', async (c) => {
    guardPage(c, context);
    await board.snapshot();
    const only = c.req.query('only');
    const filter = only === 'runs' || only === 'decisions' ? only : 'all';
    const runs = board.index.runs
      .filter(({ kind }) => filter === 'all' || DECISIONS.has(kind) === (filter === 'decisions'))
      .slice(0, RUNS_LISTED);
    return await show(c, dashboard, { title: 'Runs', place: 'runs', main: runsPage(runs, filter) });
  });
  pages.get('/runs/:run', async (c) => {
    const identity = guardPage(c, context);
    await board.snapshot();
    const main = await context.library.use(async ({ state, specs }) => {
      const run = await readRun({ state }, runIn(c), c.req.raw.signal);
      if (run.plan !== undefined) await board.index.readOlder(state, [run.plan]);
      const plan = board.index.plans.find(({ id }) => id === run.plan);
      return runPage({
        run,
        plan: run.kind === 'approve' ? undefined : plan,
        canDecide: identity.role === 'editor',
        titles: titlesOf(specs),
        page: pageIn(c),
      });
    });
    return await show(c, dashboard, { title: 'Run', place: 'runs', main });
  });
}

/** @throws Refusal for what cannot be the id of a plan. */
export function planIn(c: RequestContext): string {
  const plan = c.req.param('plan') ?? '';
  if (!/^[\w-]{1,100}$/.test(plan) || plan === 'latest')
    throw refuse('no-such-route', 'there is no such plan');
  return plan;
}

/** @throws Refusal for what cannot be the id of a run. */
export function runIn(c: RequestContext): string {
  const run = c.req.param('run') ?? '';
  if (!/^[\w-]{1,100}$/.test(run)) throw refuse('no-such-route', 'there is no such run');
  return run;
}

function pageIn(c: RequestContext): number {
  const page = Number(c.req.query('page') ?? 1);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

async function wordOf({ board }: Dashboard, state: StateBackend, plan: PlanEntry): Promise<PlanWord> {
  const { index } = board;
  const decided = index.has(plan.id, 'approval');
  const decision = decided ? (await readDecision(state, await loadPlan({ state }, plan.id))).state : 'open';
  return planWord(plan, {
    applied: index.has(plan.id, 'applied'),
    decision,
    newest: index.planIds[0] === plan.id,
  });
}

function titlesOf({ taxonomies }: Workspace['specs']): ReadonlyMap<string, string> {
  const all = [...taxonomies.values()].flatMap(({ categories }) => categories);
  return new Map(all.map(({ name, title }) => [name, title]));
}

function runsByPlan(runs: readonly RunEntry[]): Map<string, RunEntry> {
  const executions = runs.filter(
    ({ kind, plan }) => plan !== undefined && (kind === 'apply' || kind === 'rollback'),
  );
  return new Map(executions.map((run) => [run.plan!, run]));
}
