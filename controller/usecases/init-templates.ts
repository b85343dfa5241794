import { escapeText } from '../views/escape.ts';

/** What a new Library spec says. */
export interface LibraryAnswers {
  readonly name: string;
  readonly actors: string;
  readonly manifests: string;
  readonly images: string;
  /** Sentences for a comment above the places. */
  readonly remarks: readonly string[];
}

const SCHEMAS = 'https://callsheet.dev/schemas/v1';

/** `library.yaml`: the three places, and every other setting as a comment with its default. */
export function libraryYaml({ name, actors, manifests, images, remarks }: LibraryAnswers): string {
  return `# yaml-language-server: $schema=${SCHEMAS}/library.schema.json
# Where the actors and their images are, and how the work on them is done.
apiVersion: callsheet.dev/v1
kind: Library
metadata:
  name: ${scalar(name)}
spec:
  # {actor} stands for the actor's id. Relative file: URLs start at the folder that holds this one; s3://bucket/prefix/ works as well.
${remarks.map((remark) => `  # ${escapeText(remark)}\n`).join('')}  actors: ${scalar(actors)}
  manifests: ${scalar(manifests)}
  images: ${scalar(images)}
  # What Callsheet remembers: evaluations, plans, runs, the trash's records. Also s3://bucket/prefix/ or postgres://host/database.
  state: file:state/

  # Says what each image is and how good. "local" works offline and is free; "openai" needs OPENAI_API_KEY.
  evaluator:
    provider: local
    # provider: openai
    # model: gpt-4.1-mini

  # Makes missing images. "local" derives them from the base image, free; "replicate" needs REPLICATE_API_TOKEN and costs money.
  generator:
    provider: local
    # provider: replicate
    # model: black-forest-labs/flux-kontext-pro

  # limits:
  #   budget:
  #     perRun: 10 # US dollars
  #     perDay: 50
  # guards:
  #   maxDeletes: 100 # in one run
  # trash:
  #   retention: 30d # how long a deleted image can be had back
`;
}

/** `distribution.yaml`: the default mix for every actor, and how to give a type its own. */
export function distributionYaml(
  types: readonly { readonly type: string; readonly actors: number }[],
): string {
  return `# yaml-language-server: $schema=${SCHEMAS}/distribution.schema.json
# The desired state: how many images, of what. Without a selector it holds for every actor that no other distribution selects.
apiVersion: callsheet.dev/v1
kind: Distribution
metadata:
  name: default
spec:
  total: 20
  categories: # per cent of the total; 65/20/15 of 20 is 13/4/3
    photorealistic: { share: 65 }
    bw_stylized: { share: 20 }
    color_stylized: { share: 15 }
  # An actor inside the tolerance is left alone, even if its counts differ by one.
  tolerance: { points: 10 } # percentage points
  # rebalance: minimal # the cheapest plan that ends inside the tolerance, instead of the exact counts
${typeComments(types)}`;
}

/** Longer lists would bury the file. */
const TYPES_SHOWN = 20;

function typeComments(types: readonly { readonly type: string; readonly actors: number }[]): string {
  const named = types.filter(({ type }) => type !== '');
  const example = named[0]?.type ?? 'lead';
  const list = named
    .slice(0, TYPES_SHOWN)
    .map(({ type, actors }) => `#   ${escapeText(type)} (${actors} ${actors === 1 ? 'actor' : 'actors'})\n`);
  const more = named.length > TYPES_SHOWN ? `#   ... and ${named.length - TYPES_SHOWN} more\n` : '';
  return `${named.length === 0 ? '' : `\n# Actor types found in the manifests:\n${list.join('')}${more}`}
# A type with a mix of its own gets its own document:
#
# ---
# apiVersion: callsheet.dev/v1
# kind: Distribution
# metadata:
#   name: ${escapeText(scalar(slug(example)))}
# spec:
#   selector: { types: [${escapeText(JSON.stringify(example))}] }
#   total: 30
#   categories:
#     photorealistic: { share: 80 }
#     bw_stylized: { share: 10 }
#     color_stylized: { share: 10 }
`;
}

/** A name that every kind of document accepts, made of whatever a folder or a type is called. */
export function slug(text: string): string {
  const name = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return name === '' ? 'library' : name;
}

/** A YAML scalar: plain where that is safe, else quoted (a JSON string is a YAML string). */
function scalar(text: string): string {
  return /^[A-Za-z][A-Za-z0-9_.\-/:{}]*$/.test(text) && !/^(true|false|yes|no|on|off|null)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
