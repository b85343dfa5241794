import type { ProblemCode } from './problems.ts';

/** What to write instead, for the mistakes that people make most. Keys are the parser's own stable codes. */
const ADVICE: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'A tab cannot indent YAML. Use spaces.',
  BAD_INDENT:
    'The indentation does not fit the lines above. Keys of one mapping must begin in the same column.',
  BLOCK_AS_IMPLICIT_KEY:
    'There are two colons on this line. Put the value in quotes if it holds a colon, or begin the inner mapping on a line of its own.',
  MULTILINE_IMPLICIT_KEY:
    'This line is neither a key nor a list item. A colon after a key needs a space behind it.',
  MISSING_CHAR:
    'Something that was opened is not closed: a quote, a bracket, or the space or colon that must follow here.',
  BAD_SCALAR_START: 'A plain value cannot begin with this character. Put the value in quotes.',
  BAD_DQ_ESCAPE:
    'This escape does not exist in a text in double quotes. Write \\\\ for a backslash, or use single quotes.',
  UNEXPECTED_TOKEN: 'This does not belong here. Put the whole value in quotes if it is text.',
  MULTIPLE_ANCHORS: 'A value can have one anchor (&name) only.',
  MULTIPLE_TAGS: 'A value can have one tag only, and specs need none.',
  BAD_ALIAS: 'This is not the name of an anchor.',
  TAG_RESOLVE_FAILED: 'Tags (!name) are not allowed. Write the plain value.',
};

/** Words for an error of the YAML parser. */
export function yamlErrorDetail(code: string, message: string): { code: ProblemCode; detail: string } {
  if (code === 'RESOURCE_EXHAUSTION')
    return {
      code: 'too-deep',
      detail: 'The document is nested too deep to be read. Specs need a few levels.',
    };
  const advice = ADVICE[code];
  const sentence = `${message.replace(/\.$/, '')}.`;
  return { code: 'yaml-syntax', detail: advice === undefined ? sentence : advice };
}
