import { CallsheetError } from '../diagnostics/errors.ts';
import { isBelow, type Location, parseLocation } from './location.ts';

const PLACEHOLDER = '{actor}';
/** Stands for an actor's id while a template is taken apart; no id can contain it. */
const MARK = '\u0001';

/** A location with `{actor}` in it, as the Library spec writes it. */
export interface UrlTemplate {
  /** As written, for messages. */
  readonly text: string;
  /** Everything before the first folder that differs between actors: what a listing of all actors has to read. */
  readonly base: Location;
  /** The location for one actor. */
  at(actor: string): Location;
  /** The actor that a location below `base` belongs to, if it is exactly what `at` gives for one. */
  actorOf(location: Location): string | undefined;
  /** Of a folder template: the actor in whose folder a location lies. */
  ownerOf(location: Location): string | undefined;
}

/**
 * @param folder the template names a folder: its locations end with `/`.
 * @throws CallsheetError `invalid-input` when the placeholder is missing or the URL cannot be read.
 */
export function parseUrlTemplate(text: string, root: string, { folder = false } = {}): UrlTemplate {
  const cut = text.indexOf(PLACEHOLDER);
  if (cut < 0) {
    throw new CallsheetError('invalid-input', `"${text}" has no {actor} in it`, {
      hint: `Write it with the placeholder, for example "file:data/actors/${PLACEHOLDER}/training_data/images/".`,
    });
  }
  const at = (actor: string): Location => {
    const location = parseLocation(text.replaceAll(PLACEHOLDER, actorInUrl(text, actor)), root);
    if (!folder) return location;
    return location.kind === 'file'
      ? { kind: 'file', path: withSlash(location.path) }
      : { ...location, key: location.key === '' ? '' : withSlash(location.key) };
  };
  const before = text.slice(0, cut);
  const base = parseLocation(before.slice(0, before.lastIndexOf('/') + 1) || '.', root);
  const key = (location: Location) => (location.kind === 'file' ? location.path : location.key);
  // A name no actor can have marks where the id stands once the template is resolved.
  const marked = at(MARK);
  const [head = '', tail = '', ...more] = key(marked).split(MARK);
  const plainAt = (actor: string): Location =>
    marked.kind === 'file'
      ? { kind: 'file', path: head + actor + tail }
      : { ...marked, key: head + actor + tail };
  return {
    text,
    base: base.kind === 'file' ? { kind: 'file', path: withSlash(base.path) } : base,
    // Most ids stand in a path as they are, and there are hundreds of thousands of them.
    at: (actor) => (more.length === 0 && PLAIN_ID.test(actor) ? plainAt(actor) : at(actor)),
    actorOf(location) {
      if (location.kind !== base.kind) return undefined;
      const full = key(location);
      if (!full.startsWith(head) || !full.endsWith(tail) || full.length <= head.length + tail.length)
        return undefined;
      const actor = full.slice(head.length, tail === '' ? undefined : -tail.length);
      return isActorId(actor) && key(at(actor)) === full ? actor : undefined;
    },
    ownerOf(location) {
      if (location.kind !== base.kind || !key(location).startsWith(head)) return undefined;
      const rest = key(location).slice(head.length);
      const actor = rest.slice(0, Math.max(0, tail === '' ? rest.indexOf('/') : rest.indexOf(tail)));
      return isActorId(actor) && isBelow(location, at(actor)) ? actor : undefined;
    },
  };
}

/** Needs no encoding and is no `.` or `..`, wherever it stands. */
const PLAIN_ID = /^[\w-]+$/;

/** `file:` URLs are percent-decoded, so that an id with `%` in it has to be encoded first. */
function actorInUrl(template: string, actor: string): string {
  return /^file:/i.test(template) ? actor.replaceAll('%', '%25') : actor;
}

/** Ids become parts of paths and keys: no separators, no dots alone, nothing that does not print. */
export function isActorId(text: string): boolean {
  return (
    text !== '' && text !== '.' && text !== '..' && text.length <= 200 && !/[/\\{}\p{Cc}\p{Cf}]/u.test(text)
  );
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
