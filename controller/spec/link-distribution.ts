import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { suggestionSentence } from '../diagnostics/suggest.ts';
import { quotedText } from '../diagnostics/visible-text.ts';
import type { SpecDocumentOf } from './documents.ts';
import { problemAt, toDotted } from './problems.ts';
import { parsePromptRange } from './prompt-range.ts';
import type { ResolvedDistribution, ResolvedPrompt, ResolvedTaxonomy } from './resolved-specs.ts';
import { readShares, type Shares } from './shares.ts';
import { slackProblems } from './slack.ts';
import { readSuspend } from './suspend.ts';
import type { CategoryTarget, Prompt, Tolerance } from './target.ts';

/** What distributions refer to by name. */
export interface Vocabulary {
  readonly taxonomies: ReadonlyMap<string, ResolvedTaxonomy>;
  readonly promptLibraries: ReadonlyMap<string, readonly ResolvedPrompt[]>;
}

/** Looks up all that a distribution refers to and computes its target. Without `distribution` in the answer there is an error. */
export function linkDistribution(
  document: SpecDocumentOf<'Distribution'>,
  vocabulary: Vocabulary,
): { distribution?: ResolvedDistribution; diagnostics: Diagnostic[] } {
  const { at, content } = document;
  const { spec } = content;
  const { shares, diagnostics } = readShares(document);
  const taxonomyName = spec.taxonomy ?? 'default';
  const promptsName = spec.prompts ?? 'default';
  const taxonomy = vocabulary.taxonomies.get(taxonomyName);
  const library = vocabulary.promptLibraries.get(promptsName);
  if (taxonomy === undefined)
    diagnostics.push(unknownName(document, 'taxonomy', taxonomyName, [...vocabulary.taxonomies.keys()]));
  if (library === undefined)
    diagnostics.push(unknownName(document, 'prompts', promptsName, [...vocabulary.promptLibraries.keys()]));
  if (taxonomy === undefined || library === undefined) return { diagnostics };

  diagnostics.push(...unknownCategories(document, taxonomy));
  const prompts = new Map(
    taxonomy.categories.map(({ name }) => [
      name,
      selectPrompts(document, name, library, promptsName, diagnostics),
    ]),
  );
  if (shares === undefined || diagnostics.some(({ severity }) => severity === 'error'))
    return { diagnostics };

  const target = {
    distribution: content.metadata.name,
    taxonomy: taxonomyName,
    total: shares.total,
    categories: taxonomy.categories.map(({ name, title, description }): CategoryTarget => {
      const { share, count } = shares.categories.get(name) ?? { share: 0, count: 0 };
      return { name, title, description, share, count, prompts: prompts.get(name) ?? [] };
    }),
    tolerance: readTolerance(document),
    rebalance: spec.rebalance ?? ('exact' as const),
    qualityMinimum: spec.quality?.minimum,
    suspended: readSuspend(spec.suspend),
  };
  diagnostics.push(...missingPrompts(document, shares, prompts, promptsName), ...slackProblems(at, target));
  return { distribution: { name: content.metadata.name, selector: spec.selector, target }, diagnostics };
}

function readTolerance({ content }: SpecDocumentOf<'Distribution'>): Tolerance {
  const tolerance = content.spec.tolerance ?? { points: 10 };
  for (const unit of ['points', 'percent', 'images'] as const) {
    const value = tolerance[unit];
    if (value !== undefined) return { unit, value };
  }
  return { unit: 'points', value: 10 };
}

function unknownName(
  document: SpecDocumentOf<'Distribution'>,
  field: 'taxonomy' | 'prompts',
  name: string,
  known: readonly string[],
): Diagnostic {
  const kind = field === 'taxonomy' ? 'Taxonomy' : 'PromptLibrary';
  const detail = `There is no ${kind} named ${quotedText(name)}. ${suggestionSentence(name, known, 'There are')}`;
  return problemAt(document.at, 'unknown-reference', ['spec', field], detail);
}

function unknownCategories(
  document: SpecDocumentOf<'Distribution'>,
  taxonomy: ResolvedTaxonomy,
): Diagnostic[] {
  const known = taxonomy.categories.map(({ name }) => name);
  return Object.keys(document.content.spec.categories)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const advice = suggestionSentence(name, known, 'It has');
      const detail = `Taxonomy "${taxonomy.name}" has no category ${quotedText(name)}. ${advice}`;
      return problemAt(document.at, 'unknown-category', ['spec', 'categories', name], detail, 'key');
    });
}

/** The prompts of one category: those that the distribution names, else all that the library has for it. */
function selectPrompts(
  document: SpecDocumentOf<'Distribution'>,
  category: string,
  library: readonly ResolvedPrompt[],
  libraryName: string,
  diagnostics: Diagnostic[],
): Prompt[] {
  const asked = document.content.spec.categories[category]?.prompts;
  if (asked === undefined)
    return library.filter((prompt) => prompt.category === category).map(withoutCategory);
  const byNumber = new Map(library.map((prompt) => [prompt.number, prompt]));
  const chosen = new Map<number, Prompt>();
  asked.forEach((entry, index) => {
    const path = ['spec', 'categories', category, 'prompts', index];
    const range = parsePromptRange(entry);
    if (range === undefined || range.first > range.last) {
      const detail = `${toDotted(path)} is ${quotedText(String(entry))}; a range goes from the smaller number to the larger, such as "1-15".`;
      diagnostics.push(problemAt(document.at, 'unknown-prompt', path, detail));
      return;
    }
    const found = library.filter(({ number }) => number >= range.first && number <= range.last);
    const missing = firstMissing(range, byNumber);
    if (missing !== undefined) {
      const detail = `PromptLibrary "${libraryName}" has no prompt ${missing}. ${numbersOf(library, category)}`;
      diagnostics.push(problemAt(document.at, 'unknown-prompt', path, detail));
    }
    const foreign = found.find((prompt) => prompt.category !== category);
    if (foreign !== undefined) {
      const detail = `Prompt ${foreign.number} is for "${foreign.category}", not for "${category}". ${numbersOf(library, category)}`;
      diagnostics.push(problemAt(document.at, 'unknown-prompt', path, detail));
    }
    for (const prompt of found) chosen.set(prompt.number, withoutCategory(prompt));
  });
  return [...chosen.values()].sort((a, b) => a.number - b.number);
}

function firstMissing(
  range: { first: number; last: number },
  byNumber: ReadonlyMap<number, unknown>,
): number | undefined {
  // As many steps as the library has prompts find a gap, however long the range is.
  for (let number = range.first; number <= range.last; number += 1) if (!byNumber.has(number)) return number;
  return undefined;
}

function numbersOf(library: readonly ResolvedPrompt[], category: string): string {
  const numbers = library.filter((prompt) => prompt.category === category).map(({ number }) => number);
  if (numbers.length === 0) return `It has none for "${category}".`;
  const text = numbers.length > 20 ? `${numbers.slice(0, 20).join(', ')}, ...` : numbers.join(', ');
  return `For "${category}" it has ${text}.`;
}

function missingPrompts(
  document: SpecDocumentOf<'Distribution'>,
  shares: Shares,
  prompts: ReadonlyMap<string, readonly Prompt[]>,
  libraryName: string,
): Diagnostic[] {
  return [...shares.categories]
    .filter(([name, { count }]) => count > 0 && prompts.get(name)?.length === 0)
    .map(([name, { count }]) => {
      const detail = `"${name}" needs ${count} images, and PromptLibrary "${libraryName}" has no prompt for it: missing ones cannot be generated. Add prompts with "category: ${name}".`;
      return problemAt(document.at, 'no-prompts', ['spec', 'categories', name], detail, 'key');
    });
}

function withoutCategory({ number, title, text }: ResolvedPrompt): Prompt {
  return title === undefined ? { number, text } : { number, title, text };
}
