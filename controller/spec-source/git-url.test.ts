import { describe, expect, test } from 'vitest';
import { isCallsheetError } from '../diagnostics/errors.ts';
import { isGitUrl, parseGitUrl } from './git-url.ts';

describe('parseGitUrl', () => {
  test.each([
    [
      'https://example.com/casting/specs.git',
      { url: 'https://example.com/casting/specs.git', protocol: 'https', ref: undefined, path: undefined },
    ],
    [
      'https://example.com/a.git#release/v1.2:teams/casting/',
      { url: 'https://example.com/a.git', protocol: 'https', ref: 'release/v1.2', path: 'teams/casting' },
    ],
    [
      'ssh://git@example.com:2222/a.git#main',
      { url: 'ssh://git@example.com:2222/a.git', protocol: 'ssh', ref: 'main', path: undefined },
    ],
    [
      'git@example.com:team/a.git#:specs',
      { url: 'ssh://git@example.com/team/a.git', protocol: 'ssh', ref: undefined, path: 'specs' },
    ],
    [
      'http://localhost:3000/casting/specs.git#main',
      { url: 'http://localhost:3000/casting/specs.git', protocol: 'http', ref: 'main', path: undefined },
    ],
    [
      'git+https://example.com/a.git',
      { url: 'https://example.com/a.git', protocol: 'https', ref: undefined, path: undefined },
    ],
    [
      'file:///srv/git/a.git#refs/tags/v1',
      { url: 'file:///srv/git/a.git', protocol: 'file', ref: 'refs/tags/v1', path: undefined },
    ],
  ])('reads %s', (text, expected) => {
    expect(isGitUrl(text)).toBe(true);
    expect(parseGitUrl(text)).toEqual(expected);
  });

  test.each([
    'http://example.com/a.git',
    'http://127.0.0.1.example.com/a.git',
    'http://secret@localhost/a.git',
    'ext::sh -c "touch /tmp/x"',
    'ext::sh',
    'git://example.com/a.git',
    'https://user:secret@example.com/a.git',
    'https://secret@example.com/a.git',
    'https://-oProxyCommand=x/a.git',
    'ssh://-oProxyCommand=x/a.git',
    'ssh://-oProxyCommand=x@example.com/a.git',
    'ssh://git@example.com/-a.git',
    'https://example.com/',
    'https://example.com/a.git#--upload-pack=x',
    'https://example.com/a.git#main..other',
    'https://example.com/a.git#main^{/x}',
    'https://example.com/a.git#main@{1}',
    'https://example.com/a.git#refs/*',
    'https://example.com/a.git#main:../other',
    'https://example.com/a.git#main:.git/hooks',
    'https://example.com/a.git#main:a//b',
    'https://example.com/a b.git',
    'file://server/share/a.git',
    'https://example.com/a.git#ma\u202ein',
  ])('refuses %j', (text) => {
    const thrown = catchError(() => parseGitUrl(text));
    expect(isCallsheetError(thrown, 'invalid-input')).toBe(true);
    expect(`${thrown}`).not.toContain('secret');
  });

  test.each(['specs', './specs', '/srv/specs', 'teams/casting@home', 'C:\\specs', 'a#b', 'file:specs'])(
    'takes %j for a folder',
    (text) => {
      expect(isGitUrl(text)).toBe(false);
    },
  );
});

function catchError(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
