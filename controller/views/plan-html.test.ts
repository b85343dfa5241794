import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { planned, TARGET } from '../../tests/support/plan-actors.ts';
import { planOf } from '../../tests/support/plan-fixtures.ts';
import { failedPlan } from '../usecases/plan-actor-live.ts';
import { escapeHtml } from './escape-html.ts';
import { renderPlanHtml } from './plan-html.ts';

const NO_PICTURES = { thumbnails: new Map<string, Uint8Array>() };
const HOSTILE = `</script><img src=x onerror=alert(1)>"'&<!--\u202e\u0000`;

function hostileTarget() {
  const categories = TARGET.categories.map((one) => ({
    ...one,
    title: HOSTILE,
    prompts: [{ number: 1, text: HOSTILE }],
  }));
  return { ...TARGET, categories, distribution: HOSTILE };
}

describe('renderPlanHtml', () => {
  test('the same plan gives the same page', () => {
    const plan = planOf([planned('0001', 6, 2)]);
    expect(renderPlanHtml(plan, NO_PICTURES)).toBe(renderPlanHtml(plan, NO_PICTURES));
  });

  test('shows what goes with its picture and why, and what comes with its prompt', () => {
    const actor = planned('0001', 6, 1, { name: 'The Pilot' });
    const gone = actor.actions.find((action) => action.kind === 'delete')!;
    const page = renderPlanHtml(planOf([actor]), {
      thumbnails: new Map([[gone.digest, new Uint8Array([0xff, 0xd8])]]),
    });
    expect(page).toContain('<img src="data:image/jpeg;base64,/9g="');
    expect(page).toContain(`alt="Image #${gone.number} of 0001: Photograph, quality ${gone.quality}"`);
    expect(page).toContain('too many');
    expect(page).toContain('Pen and ink on paper.');
    expect(page).toContain('<b>6 → 4</b> <span>target 4');
  });

  test('pictures stop at the budget, and the page says how many are missing', () => {
    const actor = planned('0001', 8, 2);
    const digests = actor.actions.flatMap((action) => (action.kind === 'delete' ? [action.digest] : []));
    const thumbnails = new Map(digests.map((digest) => [digest, new Uint8Array(3000)]));
    const page = renderPlanHtml(planOf([actor]), { thumbnails, pictureBytes: 9000 });
    expect(page.match(/<img /g)).toHaveLength(2);
    expect(page).toContain(`${digests.length - 2} pictures left out`);
  });

  test('text from specs, manifests and errors opens no tag, attribute, comment or script', () => {
    const actors = [
      planned(`a${HOSTILE}`, 6, 1, { name: HOSTILE, target: hostileTarget() }),
      failedPlan(`b${HOSTILE}`, { code: HOSTILE, message: HOSTILE, hint: HOSTILE }),
    ];
    const page = renderPlanHtml(
      planOf(actors, { evaluator: HOSTILE, generator: HOSTILE, tool: HOSTILE, id: HOSTILE }),
      NO_PICTURES,
    );
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<!--');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<\/script/g)).toHaveLength(1);
    for (const hidden of ['\u0000', '\u202e']) expect(page).not.toContain(hidden);
  });

  test('what is held back for later is escaped too', () => {
    const actors = [...Array(260).keys()].map((index) =>
      planned(`${index}${HOSTILE}`, 6, 1, { name: HOSTILE, target: hostileTarget() }),
    );
    const page = renderPlanHtml(planOf(actors), NO_PICTURES);
    const held = [...page.matchAll(/<script type="text\/plain">([A-Za-z0-9+/=]+)<\/script>/g)].map(
      ([, packed]) => gunzipSync(Buffer.from(packed!, 'base64')).toString('utf8'),
    );
    expect(held.join('').match(/<details/g)).toHaveLength(60);
    expect(held.join('')).not.toMatch(/<img|<script|<!--|\u202e/);
  });

  test('drift comes apart from what the change does', () => {
    const actors = [planned('0001', 6, 2), planned('0002', 6, 2)];
    const none = { adopt: 0, forget: 0, restore: 0, generate: 0, delete: 0 };
    const base = {
      revision: 'main@sha1:00',
      specDigest: 'b'.repeat(64),
      actors: [
        { actor: '0001', effect: 'drift' as const, without: { ...none, delete: 2 } },
        { actor: '0002', effect: 'changed-by-this' as const, without: none },
      ],
    };
    const page = renderPlanHtml({ ...planOf(actors), base }, NO_PICTURES);
    expect(page.indexOf('data-find="0002')).toBeLessThan(page.indexOf('Drift: 1 actor'));
    expect(page.indexOf('data-find="0001')).toBeGreaterThan(page.indexOf('Drift: 1 actor'));
    expect(page).toContain('Without this change nothing would be done.');
  });
});

test('escapeHtml leaves letters of any script alone', () => {
  expect(escapeHtml('役者 Ünïcode & <b>')).toBe('役者 Ünïcode &amp; &lt;b&gt;');
});
