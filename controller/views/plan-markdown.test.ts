import { describe, expect, test } from 'vitest';
import { manyActors } from '../../tests/support/large-plan.ts';
import { planOf } from '../../tests/support/plan-fixtures.ts';
import { formatPlan, parsePlan } from '../plan/plan-file.ts';
import { unplannedActor } from '../plan/unplanned.ts';
import { planMarker, renderPlanMarkdown } from './plan-markdown.ts';

const OPTIONS = { key: 'specs', whole: 'the artifact' };
const HOSTILE =
  '</details><script>alert(1)</script> `x` **b** [l](http://e.example) ![i](//e) | @octocat #1 www.e.example <!-- -->\n# h\u202e~~~```';

describe('a plan as a comment', () => {
  test('begins with the marker by which it is found again, whatever the key', () => {
    expect(renderPlanMarkdown(planOf([]), { ...OPTIONS, key: 'a --> <b> x' })).toMatch(
      /^<!-- callsheet-plan:a-b-x -->\n/,
    );
    expect(planMarker('specs')).toBe('<!-- callsheet-plan:specs -->');
  });

  test('fits into a comment with ten thousand changed actors, says what was cut, and keeps summary, guards and errors', () => {
    const [one] = manyActors(1, [16, 2, 2]);
    const tenThousand = Array.from({ length: 10_000 }, (_, n) => ({ ...one!, actor: String(n) }));
    const actors = [
      ...tenThousand,
      unplannedActor({ actor: 'broken', type: 'lead' }, 'error', { code: 'x', message: 'no JSON' }),
    ];
    const text = renderPlanMarkdown(planOf(actors), OPTIONS);
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text.length).toBeGreaterThan(60_000);
    expect(text).toContain('30000 to delete');
    expect(text).toContain('⛔ deny | max-deletes');
    expect(text).toContain('- **error** <code>broken</code> no JSON');
    const shown = text.match(/<details>/g)!.length;
    expect(text).toContain(
      `**${(10_000 - shown).toLocaleString('en-US')} more actors not shown here:** cut to fit into one comment. See the artifact.`,
    );
    expect(text.match(/<\/details>/g)).toHaveLength(shown);
  });

  test('fits when errors, types and names are as many and as long as can be', () => {
    const bad = Array.from({ length: 500 }, (_, n) =>
      unplannedActor({ actor: `${n}${HOSTILE}`, type: 'x' }, 'error', {
        code: 'x',
        message: HOSTILE.repeat(50),
      }),
    );
    const types = manyActors(500, [16, 2, 2], HOSTILE).map((actor, n) => ({
      ...actor,
      type: `${n}${HOSTILE}`,
    }));
    for (const limit of [65_536, 20_000, 8_000]) {
      const text = renderPlanMarkdown(planOf([...bad, ...types]), { ...OPTIONS, limit });
      expect(text.length).toBeLessThanOrEqual(limit);
      expect(text).toContain('max-deletes');
      expect(text).toContain('500 error');
    }
  });

  test('shows hostile text as text', () => {
    const text = renderPlanMarkdown(planOf(manyActors(2, [16, 2, 2], HOSTILE)), OPTIONS);
    const prose = text.replace(/^```diff\n[\s\S]*?^```$/gm, '');
    expect(prose.match(/<(?!\/?(?:details|summary|code|b|sub)>|!-- callsheet-plan:specs -->)/g)).toBeNull();
    expect(prose).not.toMatch(/\]\(|!\[|\*\*b\*\*|@octocat|#1\b|www\.|http:/);
    for (const [block] of text.matchAll(/^```diff\n[\s\S]*?^```$/gm)) {
      for (const line of block.split('\n').slice(1, -1)) expect(line).toMatch(/^[-+!] /);
    }
  });

  test('shows drift apart from what the change does', () => {
    const without = { adopt: 0, forget: 0, restore: 0, generate: 2, delete: 3 };
    const actors = [
      { actor: '00000', effect: 'changed-by-this', without: { ...without, delete: 0 } },
      { actor: '00001', effect: 'drift', without },
      { actor: '00002', effect: 'changed-by-this', without: { ...without, delete: 0 } },
    ] as const;
    const base = { revision: 'main@sha1:0123', specDigest: 'b'.repeat(64), actors };
    const plan = planOf(manyActors(3, [16, 2, 2]), { base });
    expect(parsePlan(formatPlan(plan), 'plan.json')).toEqual(plan);
    const text = renderPlanMarkdown(plan, OPTIONS);
    expect(text).toContain(': 2 actors changed by this, 1 out of balance before, 0 settled by it |');
    const [own = '', drift = ''] = text.split('### Drift');
    expect(own.match(/<details>/g)).toHaveLength(2);
    expect(drift.match(/<details>/g)).toHaveLength(1);
    expect(drift).toContain('<code>00001</code>');
  });
});
