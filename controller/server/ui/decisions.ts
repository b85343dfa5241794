import type { Hono } from 'hono';
import { CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import { approvePlan } from '../../usecases/approve-plan.ts';
import { rejectPlan } from '../../usecases/decide-plan.ts';
import { type Judging, judgeImage } from '../../usecases/judge-image.ts';
import { planActorLive } from '../../usecases/plan-actor-live.ts';
import { keepPlan, loadPlan } from '../../usecases/plan-files.ts';
import { planLibrary } from '../../usecases/plan-library.ts';
import { resumeTarget, suspendTarget } from '../../usecases/suspend.ts';
import { restoreTrash } from '../../usecases/trash.ts';
import { renderPlanMarkdown } from '../../views/plan-markdown.ts';
import type { Workspace } from '../../workspace.ts';
import type { Identity } from '../identity.ts';
import { onBehalf } from '../on-behalf.ts';
import { refuse } from '../refusal.ts';
import type { RequestContext, RequestVariables } from '../request-guard.ts';
import type { PictureCard } from './actor-view.ts';
import { type NoticeCode, noticeText, type Undo } from './notices.ts';
import { guardForm } from './page-guard.ts';
import { path } from './parts.ts';
import { actorIn, storyOf } from './routes-actors.ts';
import { planIn } from './routes-plans.ts';
import type { Dashboard } from './show-page.ts';

/** What came of a decision. */
interface Done {
  readonly code: NoticeCode;
  /** Where to go on. */
  readonly to: string;
  readonly undo?: Undo;
}

/** Texts of a form; of names that come several times, all. */
type Fields = Readonly<Record<string, readonly string[]>>;

/** Everything that a person can decide, as forms: they work without a script, and scripts send the same forms. */
export function addDecisions(pages: Hono<RequestVariables>, dashboard: Dashboard): void {
  const on = (address: string, decide: (c: RequestContext, who: Identity, fields: Fields) => Promise<Done>) =>
    pages.post(address, async (c) => {
      const who = guardForm(c, dashboard.context);
      const fields = readFields(await c.req.parseBody({ all: true }));
      return answer(c, dashboard, await decide(c, who, fields));
    });
  on('/actors/:actor/images/:key/:verb', (c, who, fields) => judge(c, dashboard, who, fields));
  on('/actors/:actor/restore', (c, who, fields) => restore(c, dashboard, who, fields));
  on('/actors/:actor/plan', (c) => reconcile(c, dashboard));
  on('/actors/:actor/suspend', (c, who, fields) => suspend(dashboard, who, fields, actorIn(c)));
  on('/actors/:actor/resume', (c, who) => resume(dashboard, who, actorIn(c)));
  on('/plans/:plan/approve', (c, who, fields) => approve(c, dashboard, who, fields));
  on('/plans/:plan/reject', (c, who, fields) => reject(c, dashboard, who, fields));
  on('/plan', () => reconcileAll(dashboard));
  on('/suspend', (_c, who, fields) => suspend(dashboard, who, fields, undefined));
  on('/resume', (_c, who) => resume(dashboard, who, undefined));
}

function answer(c: RequestContext, { notices }: Dashboard, { code, to, undo }: Done): Response {
  if (c.req.header('accept')?.includes('application/json') === true) {
    return c.json({ code, text: noticeText(code), ...(undo === undefined ? {} : { undo }) });
  }
  const [address = '', fragment] = to.split('#');
  return c.redirect(
    `${address}?said=${notices.keep(code, undo)}${fragment === undefined ? '' : `#${fragment}`}`,
    303,
  );
}

async function judge(c: RequestContext, dashboard: Dashboard, who: Identity, fields: Fields): Promise<Done> {
  const actor = actorIn(c);
  const story = await storyOf(c, dashboard, actor);
  const card = [...story.images, ...story.orphans].find(({ key }) => key === c.req.param('key'));
  if (card === undefined)
    throw new CallsheetError('not-found', `actor "${actor}" has no such picture any more`);
  const address = path`/actors/${actor}/images/${card.key}`;
  const { judging, code, undo } = readJudging(c.req.param('verb') ?? '', fields, card, address);
  await dashboard.context.library.use((workspace) =>
    judgeImage(asPerson(workspace, who), card.image, judging, { actor }),
  );
  await lookAgain(dashboard, actor);
  return { code, to: `${path`/actors/${actor}`}#i-${card.key}`, ...(undo === undefined ? {} : { undo }) };
}

function readJudging(
  verb: string,
  fields: Fields,
  card: PictureCard,
  address: string,
): { judging: Judging; code: NoticeCode; undo?: Undo } {
  switch (verb) {
    case 'pin':
      return { judging: { kind: 'pin' }, code: 'pinned', undo: { action: `${address}/unpin`, fields: {} } };
    case 'unpin':
      return { judging: { kind: 'unpin' }, code: 'unpinned', undo: { action: `${address}/pin`, fields: {} } };
    case 'relabel': {
      const category = textOf(fields, 'category', 'a category');
      const before = card.judgedBy === 'person' ? card.category : undefined;
      const undo =
        before === undefined
          ? { action: `${address}/withdraw`, fields: { of: 'category' } }
          : { action: `${address}/relabel`, fields: { category: before } };
      return { judging: { kind: 'relabel', category }, code: 'relabelled', undo };
    }
    case 'reject': {
      const judging = { kind: 'reject', reason: textOf(fields, 'reason', 'a reason') } as const;
      return {
        judging,
        code: 'rejected',
        undo: { action: `${address}/withdraw`, fields: { of: 'rejection' } },
      };
    }
    case 'withdraw': {
      const [of] = fields.of ?? [];
      const judging: Judging =
        of === 'category' || of === 'rejection' ? { kind: 'withdraw', of } : { kind: 'withdraw' };
      if (card.rejected !== undefined) {
        return {
          judging,
          code: 'withdrawn',
          undo: { action: `${address}/reject`, fields: { reason: card.rejected } },
        };
      }
      const label = card.judgedBy === 'person' ? card.category : undefined;
      if (label === undefined) return { judging, code: 'withdrawn' };
      return {
        judging,
        code: 'withdrawn',
        undo: { action: `${address}/relabel`, fields: { category: label } },
      };
    }
    default:
      throw refuse('no-such-route', 'nobody can do that to a picture');
  }
}

async function restore(
  c: RequestContext,
  dashboard: Dashboard,
  who: Identity,
  fields: Fields,
): Promise<Done> {
  const actor = actorIn(c);
  const trash = textOf(fields, 'trash', 'an item of the trash');
  const run = await dashboard.context.library.use((workspace) =>
    restoreTrash(asPerson(workspace, who), [trash], undefined, { actors: [actor] }),
  );
  await lookAgain(dashboard, actor);
  return { code: run.status === 'succeeded' ? 'restored' : 'restored-partly', to: path`/actors/${actor}` };
}

/** Has the controller look at an actor, or looks and plans here where there is none. */
async function reconcile(c: RequestContext, dashboard: Dashboard): Promise<Done> {
  const actor = actorIn(c);
  const { api, library } = dashboard.context;
  const to = path`/actors/${actor}`;
  try {
    await api.reconcileNow([actor]);
    return { code: 'reconciling', to };
  } catch (error) {
    if (!isCallsheetError(error, 'unavailable')) throw error;
  }
  await library.use((workspace) => planAndKeep(workspace, [actor]));
  await dashboard.board.refreshAfterChange();
  return { code: 'planned', to };
}

async function reconcileAll(dashboard: Dashboard): Promise<Done> {
  const { api, library } = dashboard.context;
  try {
    await api.reconcileNow();
    return { code: 'reconciling', to: '/' };
  } catch (error) {
    if (!isCallsheetError(error, 'unavailable')) throw error;
  }
  // A whole library takes minutes: nobody waits for it, the page says how it goes.
  dashboard.board.plan(() => library.use((workspace) => planAndKeep(workspace, undefined)));
  return { code: 'planning', to: '/' };
}

async function planAndKeep(workspace: Workspace, actors: readonly string[] | undefined): Promise<void> {
  const plan = await planLibrary(workspace, { refresh: true, ...(actors === undefined ? {} : { actors }) });
  const markdown = renderPlanMarkdown(plan, { key: 'callsheet', whole: `\`callsheet show ${plan.id}\`` });
  await keepPlan(workspace, plan, markdown);
}

async function suspend(
  dashboard: Dashboard,
  who: Identity,
  fields: Fields,
  actor: string | undefined,
): Promise<Done> {
  const reason = textOf(fields, 'reason', 'a reason');
  const target =
    actor === undefined ? ({ kind: 'library' } as const) : ({ kind: 'actor', name: actor } as const);
  await dashboard.context.library.use((workspace) =>
    suspendTarget(asPerson(workspace, who), target, { reason }),
  );
  await afterSuspension(dashboard);
  return { code: 'suspended', to: actor === undefined ? '/' : path`/actors/${actor}` };
}

async function resume(dashboard: Dashboard, who: Identity, actor: string | undefined): Promise<Done> {
  const target =
    actor === undefined ? ({ kind: 'library' } as const) : ({ kind: 'actor', name: actor } as const);
  await dashboard.context.library.use((workspace) => resumeTarget(asPerson(workspace, who), target));
  await afterSuspension(dashboard);
  return { code: 'resumed', to: actor === undefined ? '/' : path`/actors/${actor}` };
}

async function afterSuspension({ context, board }: Dashboard): Promise<void> {
  context.api.pokeState().catch(() => {});
  await board.refreshAfterChange();
}

async function approve(
  c: RequestContext,
  dashboard: Dashboard,
  who: Identity,
  fields: Fields,
): Promise<Done> {
  const [reason] = fields.reason ?? [];
  const request = {
    guards: fields.guard ?? [],
    ...(reason === undefined || reason.trim() === '' ? {} : { reason }),
    ...chosenActors(fields),
  };
  return await decidePlan(c, dashboard, 'approved', async (workspace, id) => {
    await approvePlan(asPerson(workspace, who), await loadPlan(workspace, id), request);
  });
}

async function reject(c: RequestContext, dashboard: Dashboard, who: Identity, fields: Fields): Promise<Done> {
  const request = { reason: textOf(fields, 'reason', 'a reason'), ...chosenActors(fields) };
  return await decidePlan(c, dashboard, 'plan-rejected', async (workspace, id) => {
    await rejectPlan(asPerson(workspace, who), await loadPlan(workspace, id), request);
  });
}

async function decidePlan(
  c: RequestContext,
  { context, board }: Dashboard,
  code: NoticeCode,
  decide: (workspace: Workspace, plan: string) => Promise<void>,
): Promise<Done> {
  const plan = planIn(c);
  await context.library.use((workspace) => decide(workspace, plan));
  context.api.pokeState().catch(() => {});
  await board.refreshAfterChange();
  return { code, to: path`/plans/${plan}` };
}

function chosenActors(fields: Fields): { actors?: readonly string[] } {
  if (fields.scope?.[0] !== 'chosen') return {};
  const actors = fields.actor ?? [];
  if (actors.length === 0) {
    throw new CallsheetError('invalid-input', 'no actor is chosen', {
      hint: 'Go back, and tick the actors that you mean.',
    });
  }
  return { actors };
}

/** So that the decision shows at once, whether a controller runs or not. */
async function lookAgain({ context, board }: Dashboard, actor: string): Promise<void> {
  await context.api.reconcileNow([actor]).catch((error: unknown) => {
    if (!isCallsheetError(error)) throw error;
  });
  const { plan } = await context.library.use((workspace) => planActorLive(workspace, actor, 'read-only'));
  await board.note(plan);
}

/** Records name the person; somebody at this very machine is named as on its command line. */
function asPerson(workspace: Workspace, { who, via }: Identity): Workspace {
  return via === 'loopback' && who === 'local' ? workspace : onBehalf(workspace, who);
}

function readFields(body: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name.replace(/\[\]$/, ''),
      [value].flat().filter((one) => typeof one === 'string'),
    ]),
  );
}

/** @throws CallsheetError `invalid-input` when it is missing. */
function textOf(fields: Fields, name: string, what: string): string {
  const text = fields[name]?.[0]?.trim() ?? '';
  if (text === '' || text.length > 500) {
    throw new CallsheetError('invalid-input', `${what} is needed, of at most 500 characters`, {
      hint: 'Go back and write one.',
    });
  }
  return text;
}
