import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { SpecDocument, SpecDocumentOf } from './documents.ts';
import { problemAt, toDotted } from './problems.ts';
import type { ResolvedTaxonomy } from './resolved-specs.ts';
import { isOnCalendar } from './suspend.ts';

/** Two documents of one kind with one name, and more than one Library. */
export function nameProblems(documents: readonly SpecDocument[]): Diagnostic[] {
  const first = new Map<string, SpecDocument>();
  const diagnostics: Diagnostic[] = [];
  for (const document of documents) {
    const { kind, content, at } = document;
    const { name } = content.metadata;
    const key = kind === 'Library' ? kind : `${kind}/${name}`;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, document);
      continue;
    }
    const { file, line } = earlier.at.locate(['metadata', 'name']);
    const sameName = earlier.content.metadata.name === name;
    diagnostics.push(
      kind === 'Library' && !sameName
        ? problemAt(
            at,
            'several-libraries',
            ['metadata', 'name'],
            `There is already a Library, "${earlier.content.metadata.name}" at ${file}:${line}. Specs have one; keep the other in a folder of its own.`,
          )
        : problemAt(
            at,
            'duplicate-name',
            ['metadata', 'name'],
            `There is already a ${kind} named "${name}" at ${file}:${line}. Rename one of them.`,
          ),
    );
  }
  return diagnostics;
}

/** Prompt numbers that occur twice, and prompts for a category that no taxonomy has. */
export function promptProblems(
  document: SpecDocumentOf<'PromptLibrary'>,
  taxonomies: Iterable<ResolvedTaxonomy>,
): Diagnostic[] {
  const { at, content } = document;
  const categories = new Set(
    [...taxonomies].flatMap((taxonomy) => taxonomy.categories.map(({ name }) => name)),
  );
  const first = new Map<number, number>();
  const free = Math.max(...content.spec.prompts.map(({ number }) => number)) + 1;
  const diagnostics: Diagnostic[] = [];
  content.spec.prompts.forEach(({ number, category }, index) => {
    const path = ['spec', 'prompts', index];
    const earlier = first.get(number);
    if (earlier === undefined) first.set(number, index);
    else {
      const { line } = at.locate(['spec', 'prompts', earlier, 'number']);
      const detail = `Prompt ${number} is already there in line ${line}. Give this one a number of its own, such as ${free}.`;
      diagnostics.push(problemAt(at, 'duplicate-prompt', [...path, 'number'], detail));
    }
    if (!categories.has(category)) {
      const near = suggest(category, [...categories]);
      const advice = near === undefined ? 'It would never be used.' : `Did you mean "${near}"?`;
      diagnostics.push(
        problemAt(
          at,
          'unknown-category',
          [...path, 'category'],
          `No taxonomy has a category "${category}". ${advice}`,
        ),
      );
    }
  });
  return diagnostics;
}

/** Ends of suspensions that are on no calendar. */
export function suspendProblems({ kind, content, at }: SpecDocument): Diagnostic[] {
  if (kind !== 'Library' && kind !== 'Distribution') return [];
  const { suspend } = content.spec;
  if (typeof suspend !== 'object' || suspend.until === undefined || isOnCalendar(suspend.until)) return [];
  const path = ['spec', 'suspend', 'until'];
  return [
    problemAt(
      at,
      'invalid-date',
      path,
      `${toDotted(path)} is ${suspend.until}, which is on no calendar. Write a date such as 2027-01-31.`,
    ),
  ];
}
