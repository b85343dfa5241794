import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { suggestionSentence } from '../diagnostics/suggest.ts';
import { quotedText } from '../diagnostics/visible-text.ts';
import type { SpecDocumentOf } from './documents.ts';
import { type SelectableActor, selectDistributions, selectorRank } from './matching.ts';
import { type NodePath, problemAt } from './problems.ts';
import type { ResolvedDistribution } from './resolved-specs.ts';

type DistributionDocument = SpecDocumentOf<'Distribution'>;

/** Pairs of distributions that contradict each other whatever actors there are: no selector twice, one type twice, one actor twice. */
export function overlapProblems(documents: readonly DistributionDocument[]): Diagnostic[] {
  const claims = new Map<string, DistributionDocument>();
  const diagnostics: Diagnostic[] = [];
  for (const document of documents) {
    for (const { key, words, path } of claimsOf(document)) {
      const earlier = claims.get(key);
      if (earlier === undefined) claims.set(key, document);
      else if (earlier !== document) diagnostics.push(conflict(document, earlier, words, path));
    }
  }
  return diagnostics;
}

function claimsOf({ content }: DistributionDocument): { key: string; words: string; path: NodePath }[] {
  const { selector } = content.spec;
  if (selector === undefined)
    return [
      {
        key: 'all',
        words: 'have no selector, so both hold for every other actor',
        path: ['metadata', 'name'],
      },
    ];
  const types = selector.labels === undefined ? (selector.types ?? []) : [];
  return [
    ...types.map((type, index) => ({
      key: `type:${type}`,
      words: `select the actors of type ${quotedText(type)}`,
      path: ['spec', 'selector', 'types', index],
    })),
    ...(selector.actors ?? []).map((actor, index) => ({
      key: `actor:${actor}`,
      words: `select actor ${quotedText(actor)}`,
      path: ['spec', 'selector', 'actors', index],
    })),
  ];
}

function conflict(
  document: DistributionDocument,
  earlier: DistributionDocument,
  words: string,
  path: NodePath,
): Diagnostic {
  const place = earlier.at.locate(['metadata', 'name']);
  const names = `"${earlier.content.metadata.name}" (${place.file}:${place.line}) and "${document.content.metadata.name}"`;
  const detail = `Distributions ${names} both ${words}. Change one selector, or name the actors in "actors", which outranks types and labels.`;
  return problemAt(document.at, 'distribution-conflict', path, detail);
}

/**
 * What only a look at the actors shows: two distributions of one rank that select the same actor (one problem a pair, with an
 * example), and selectors that select nobody. Pairs that `overlapProblems` reports are not repeated.
 */
export function actorProblems(
  documents: readonly DistributionDocument[],
  distributions: readonly ResolvedDistribution[],
  actors: readonly SelectableActor[],
): Diagnostic[] {
  const byName = new Map(documents.map((document) => [document.content.metadata.name, document]));
  return [...conflictsAmong(byName, distributions, actors), ...idleSelectors(byName, distributions, actors)];
}

function conflictsAmong(
  byName: ReadonlyMap<string, DistributionDocument>,
  distributions: readonly ResolvedDistribution[],
  actors: readonly SelectableActor[],
): Diagnostic[] {
  const pairs = new Map<
    string,
    { first: DistributionDocument; second: DistributionDocument; actors: string[] }
  >();
  for (const actor of actors) {
    const [one, two] = selectDistributions(distributions, actor);
    if (one === undefined || two === undefined) continue;
    const first = byName.get(one.name)!;
    const second = byName.get(two.name)!;
    if (overlapProblems([first, second]).length > 0) continue;
    const key = `${one.name} ${two.name}`;
    const pair = pairs.get(key) ?? { first, second, actors: [] };
    pair.actors.push(actor.id);
    pairs.set(key, pair);
  }
  return [...pairs.values()].map(({ first, second, actors: ids }) => {
    const others = ids.length === 1 ? '' : ` and ${ids.length - 1} more`;
    return conflict(second, first, `select actor ${quotedText(ids[0]!)}${others}`, ['spec', 'selector']);
  });
}

function idleSelectors(
  byName: ReadonlyMap<string, DistributionDocument>,
  distributions: readonly ResolvedDistribution[],
  actors: readonly SelectableActor[],
): Diagnostic[] {
  const types = [...new Set(actors.map(({ type }) => type))].sort();
  const ids = new Set(actors.map(({ id }) => id));
  // Looking for a near name in a large library would take longer than reading the message.
  const candidates = ids.size <= 2000 ? [...ids] : [];
  return distributions.flatMap(({ name, selector }) => {
    if (selector === undefined) return [];
    const document = byName.get(name)!;
    const path = ['spec', 'selector'];
    const strangers = (selector.actors ?? [])
      .map((actor, index) => ({ actor, index }))
      .filter(({ actor }) => !ids.has(actor));
    const problems = strangers.map(({ actor, index }) =>
      problemAt(
        document.at,
        'selector-matches-nothing',
        [...path, 'actors', index],
        `There is no actor ${quotedText(actor)}. ${suggestionSentence(actor, candidates, 'Some of the actors there are')}`.trim(),
      ),
    );
    if (selector.actors !== undefined || actors.some((actor) => selectorRank(selector, actor) > 0))
      return problems;
    const unknown = selector.types?.find((type) => !types.includes(type));
    const advice =
      unknown === undefined
        ? 'No actor has all of these.'
        : `No actor is of type ${quotedText(unknown)}. ${suggestionSentence(unknown, types, 'Types')}`;
    return [
      problemAt(
        document.at,
        'selector-matches-nothing',
        path,
        `Distribution "${name}" selects no actor. ${advice}`,
        'key',
      ),
    ];
  });
}
