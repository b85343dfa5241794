import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { applyPlan } from '../../controller/usecases/apply-plan.ts';
import { readDecision } from '../../controller/usecases/decide-plan.ts';
import { keepPlan, loadPlan } from '../../controller/usecases/plan-files.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { readSuspensions } from '../../controller/usecases/suspend.ts';
import { FILM, some } from '../support/build-library.ts';
import { type OpenedDashboard, openDashboard } from '../support/dashboard.ts';

// A browser on a machine that many share takes its time; every wait below ends by itself.
vi.setConfig({ testTimeout: 90_000 });

const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: night-train }
spec:
  actors: file:data/actor_manifests/{actor}.json
  manifests: file:data/actors/{actor}/training_data/manifest.json
  images: file:data/actors/{actor}/training_data/images/
  state: file:state
  guards: { maxDeletes: 1, maxDeleteShare: 100 }
`;

/** A decision is sent, taken and drawn again; on a busy machine that takes its time. */
const SOON = { timeout: 20_000 };
const FIRST = 'data/actors/0002/training_data/images/01.png';

let opened: OpenedDashboard;
let page: OpenedDashboard['page'];
let go: OpenedDashboard['go'];

beforeAll(async () => {
  opened = await openDashboard(
    [
      {
        id: '0002',
        images: [
          ...some('photorealistic', 16, [3, 9, 2]),
          ...some('bw_stylized', 4),
          ...some('color_stylized', 1),
        ],
      },
      { id: '0003', images: [...some('photorealistic', 5), ...some('bw_stylized', 1)] },
    ],
    { 'library.yaml': LIBRARY, 'film.yaml': FILM },
  );
  ({ page, go } = opened);
});

afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
});

/** The newest entry of the history, once it is of this kind. */
async function recorded(kind: string) {
  await expect.poll(async () => (await opened.latestRun()).kind, SOON).toBe(kind);
  const run = await opened.latestRun();
  expect(run.by).toBe(opened.workspace.who);
  return run;
}

/** What the newest entry of the history says. */
async function lastNote(): Promise<string> {
  return (await opened.latestRun()).note ?? '';
}

/** The page after a decision, when it says so and its scripts have run. */
async function noticed(text: string): Promise<void> {
  await page.locator('.scripted .notice', { hasText: text }).waitFor();
}

/** What the next plan deletes of an actor, and why. */
async function deletes(actor: string): Promise<Record<string, string>> {
  const { actions } = await opened.nextPlan(actor);
  return Object.fromEntries(
    actions.flatMap((action) => (action.kind === 'delete' ? [[action.image, action.reason]] : [])),
  );
}

async function manifest(actor: string): Promise<string> {
  return await readFile(join(opened.root, `data/actors/${actor}/training_data/manifest.json`), 'utf8');
}

/** The newest plan of the whole library, on its page. */
async function freshPlan() {
  const plan = await planLibrary(opened.workspace, { refresh: false });
  await keepPlan(opened.workspace, plan, '');
  await go(`/plans/${plan.id}`);
  return { plan, decision: () => readDecision(opened.workspace.state, plan) };
}

describe('by keyboard, a picture', () => {
  it('is found with the arrows, pinned, and unpinned by undo', async () => {
    await go('/actors/0002');
    expect(await deletes('0002')).toHaveProperty([FIRST], 'over-target');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'p']) await page.keyboard.press(key);
    await page.locator('.card.pinned').waitFor();
    await recorded('pin');
    expect(await manifest('0002')).toContain('"pinned": true');
    expect(await deletes('0002')).not.toHaveProperty([FIRST]);

    await page.keyboard.press('u');
    await expect.poll(() => page.locator('.card.pinned').count(), SOON).toBe(0);
    await recorded('unpin');
    expect(await deletes('0002')).toHaveProperty([FIRST]);
  });

  it('is given another category, and back', async () => {
    await go('/actors/0002');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('3');
    await expect.poll(() => page.locator('.badge', { hasText: 'by hand' }).count(), SOON).toBe(1);
    expect((await recorded('relabel')).note).toContain('is color_stylized');
    expect((await opened.nextPlan('0002')).categories.map(({ before }) => before)).toEqual([15, 4, 2]);

    await page.keyboard.press('u');
    await expect.poll(() => page.locator('.badge', { hasText: 'by hand' }).count(), SOON).toBe(0);
    await recorded('withdraw');
    expect((await opened.nextPlan('0002')).categories.map(({ before }) => before)).toEqual([16, 4, 1]);
  });

  it('is rejected with a reason, and not by undo', async () => {
    await go('/actors/0002');
    await page.locator('.card .pic').nth(1).focus();
    await page.keyboard.press('x');
    await page.keyboard.type('six fingers');
    await page.keyboard.press('Enter');
    await page.locator('.badge.bad').waitFor();
    expect((await recorded('reject')).note).toContain('six fingers');
    expect(Object.values(await deletes('0002'))).toContain('rejected');

    await page.keyboard.press('u');
    await expect.poll(() => page.locator('.badge.bad').count(), SOON).toBe(0);
    await recorded('withdraw');
    expect(Object.values(await deletes('0002'))).not.toContain('rejected');
  });
});

describe('by mouse, a picture', () => {
  it('is pinned and unpinned where it hangs', async () => {
    await go('/actors/0002');
    await page.locator('.card').first().hover();
    await page.getByRole('button', { name: 'Pin image 1', exact: true }).click();
    await page.locator('.card.pinned').waitFor();
    await recorded('pin');
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.locator('.card.pinned').count(), SOON).toBe(0);
    await recorded('unpin');
  });

  it('is given another category, taken back, and rejected, on its page', async () => {
    await go('/actors/0003');
    await page.locator('.card .pic').first().click();
    await page.getByRole('button', { name: 'Color Stylized' }).click();
    await expect
      .poll(() => page.locator('.sheet').innerText(), SOON)
      .toContain('Color Stylized, said by a person');
    await page.getByRole('button', { name: 'Take back what was said by hand' }).click();
    await expect.poll(() => page.locator('.sheet').innerText(), SOON).not.toContain('said by a person');
    await page.getByLabel('This one is bad').fill('blurred');
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.locator('.banner.out').waitFor();
    await recorded('reject');
    expect(Object.values(await deletes('0003'))).toEqual(['rejected']);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => page.locator('.banner.out').count(), SOON).toBe(0);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('h1').innerText(), SOON).toContain('Picture 2');
  });
});

describe('an actor', () => {
  it.each([
    [
      'mouse',
      {
        open: () => page.getByText('Suspend', { exact: true }).click(),
        confirm: () => page.getByRole('button', { name: 'Suspend this actor' }).click(),
        resume: () => page.getByRole('button', { name: 'Resume' }).click(),
        undo: () => page.locator('.notice').getByRole('button', { name: 'Undo' }).click(),
        look: () => page.getByRole('button', { name: 'Reconcile now' }).click(),
      },
    ],
    [
      'keyboard',
      {
        open: () => page.keyboard.press('s'),
        confirm: () => page.keyboard.press('Enter'),
        resume: () => page.keyboard.press('s'),
        undo: () => page.keyboard.press('u'),
        look: () => page.keyboard.press('r'),
      },
    ],
  ])('is suspended with a reason, resumed, and looked at again, by %s', async (how, act) => {
    const suspension = async () => (await readSuspensions(opened.workspace.state)).actors['0003']?.reason;
    const reason = `not final, by ${how}`;
    await go('/actors/0003');
    await act.open();
    await page.getByLabel('Why?').fill(reason);
    await act.confirm();
    await noticed('Suspended');
    expect(await page.locator('.banner.warn').innerText()).toContain(reason);
    await recorded('suspend');
    expect((await opened.nextPlan('0003')).status).toBe('suspended');

    await act.resume();
    await noticed('Resumed');
    expect(await page.locator('.banner.warn').count()).toBe(0);
    await recorded('resume');
    await act.undo();
    await noticed('Suspended');
    expect(await suspension()).toBe(reason);
    await page.locator('.notice').getByRole('button', { name: 'Undo' }).click();
    await noticed('Resumed');
    expect(await suspension()).toBeUndefined();

    await act.look();
    await noticed('planned');
    expect((await loadPlan(opened.workspace, 'latest')).selection.actors).toEqual(['0003']);
  });

  it('has its keys told on request', async () => {
    await go('/actors/0003');
    await page.keyboard.press('?');
    expect(await page.locator('#help').innerText()).toMatch(/this one is bad/);
    await page.keyboard.press('Escape');
    expect(await page.locator('#help').isVisible()).toBe(false);
  });
});

describe('a plan', () => {
  it('is held by a guard until somebody lifts it with a reason, for some actors or all, by mouse', async () => {
    const { plan, decision } = await freshPlan();
    expect(await page.locator('.rows').innerText()).toContain('max-deletes');
    await page.getByLabel('Choose 0003').check();
    await page.getByRole('button', { name: 'Approve the chosen actors' }).click();
    await page.locator('.history').waitFor();
    expect(await decision()).toMatchObject({ state: 'partly', approved: ['0003'] });

    await page.getByLabel(/Lift the guard max-deletes/).check();
    await page.getByLabel(/^Reason/).fill('the set was shot twice');
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await expect.poll(() => page.locator('.history').innerText(), SOON).toContain('the set was shot twice');
    expect(await decision()).toMatchObject({ state: 'approved', liftedGuards: ['max-deletes'] });
    expect(await recorded('approve')).toMatchObject({ plan: plan.id });

    await page.getByLabel(/^Reason/).fill('on second thoughts');
    await page.getByLabel('Choose 0002').check();
    await page.getByRole('button', { name: 'Reject the chosen actors' }).click();
    await expect.poll(async () => (await decision()).rejected, SOON).toEqual(['0002']);
    await expect.poll(lastNote, SOON).toContain('on second thoughts');
  });

  it('is approved, taken back and rejected by keyboard; Enter alone decides nothing', async () => {
    const { decision } = await freshPlan();
    await page.keyboard.press('x');
    await page.keyboard.type('too many at once');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect((await decision()).decisions).toEqual([]);
    await page.getByLabel(/^Reason/).fill('');
    await page.getByLabel(/^Reason/).blur();
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await decision()).state, SOON).toBe('approved');
    await noticed('Approved');
    await page.keyboard.press('u');
    await expect.poll(async () => (await decision()).state, SOON).toBe('rejected');
    await expect.poll(lastNote, SOON).toContain('taken back');
  });
});

describe('after an apply', () => {
  it.each(['mouse', 'keyboard'])(
    'an image comes back from the trash by %s, and goes again by undo',
    async (how) => {
      const { workspace } = opened;
      const plan = await planLibrary(workspace, { refresh: true, actors: ['0002'] });
      if (plan.summary.delete > 0) await applyPlan(workspace, plan, { lifted: ['max-deletes'] });
      await go('/actors/0002');
      const inSet = () => page.locator('.grid:not(.small) .card[data-key]').count();
      const before = await inSet();
      if (how === 'mouse') await page.getByRole('button', { name: 'Restore' }).first().click();
      else {
        for (let step = 0; step <= before; step += 1) await page.keyboard.press('ArrowRight');
        await page.keyboard.press('Enter');
      }
      await expect.poll(inSet, SOON).toBe(before + 1);
      await recorded('trash-restore');

      await page.keyboard.press('u');
      await recorded('reject');
      expect(Object.values(await deletes('0002'))).toContain('rejected');
    },
  );
});

it('says nothing to a browser’s console, and writes nothing into the log', () => {
  expect([opened.complaints, opened.log]).toEqual([[], []]);
});
