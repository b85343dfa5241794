import type { ProblemCode } from '../spec/problems.ts';

/** The largest spec file that is read; the default prompts have 15 kB. */
export const MAX_FILE_BYTES = 1_048_576;

export type DecodedText = { readonly text: string } | { readonly code: ProblemCode; readonly detail: string };

/** Decodes a spec file, or says why it is none. `name` is for the message. */
export function decodeText(name: string, bytes: Uint8Array): DecodedText {
  if (bytes.length > MAX_FILE_BYTES) return tooLarge(name);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { code: 'not-utf8', detail: `${name} is UTF-16. Save it as UTF-8.` };
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    return {
      code: 'binary-file',
      detail: `${name} is not text: byte ${nul} is NUL. Give it another name, or move it out of the specs.`,
    };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return {
      code: 'not-utf8',
      detail: `${name} is not valid UTF-8, near line ${badLine(bytes)}. Save it as UTF-8.`,
    };
  }
}

export function tooLarge(name: string): { code: ProblemCode; detail: string } {
  return {
    code: 'file-too-large',
    detail: `${name} is larger than 1 MB, the most that is read. Split it into several files.`,
  };
}

/** The line of the first byte that is not UTF-8, from 1. */
function badLine(bytes: Uint8Array): number {
  const lossy = new TextDecoder('utf-8').decode(bytes);
  const at = lossy.indexOf('\ufffd');
  return lossy.slice(0, Math.max(0, at)).split('\n').length;
}
