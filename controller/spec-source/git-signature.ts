import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { CallsheetError } from '../diagnostics/errors.ts';
import { quotedText } from '../diagnostics/visible-text.ts';
import { type GitCall, runGit } from './git-command.ts';

/** Who may sign commits: a file outside the repository, for what stands in a repository cannot vouch for it. */
export interface SignaturePolicy {
  /** `ssh`: an allowed-signers file of ssh-keygen. `gpg`: public keys as `gpg --export` writes them. */
  readonly format: 'ssh' | 'gpg';
  /** Absolute path. */
  readonly file: string;
}

/** Reads `ssh:FILE` or `gpg:FILE`. @throws CallsheetError `invalid-input`. */
export function parseSignaturePolicy(text: string, cwd: string): SignaturePolicy {
  const [, format, file] = /^(ssh|gpg):(.+)$/s.exec(text) ?? [];
  if (format === undefined || file === undefined) {
    throw new CallsheetError('invalid-input', `${quotedText(text)} does not say whose signatures are good`, {
      hint: 'Write ssh:FILE with an allowed-signers file, or gpg:FILE with exported public keys.',
    });
  }
  return { format: format as 'ssh' | 'gpg', file: path.resolve(cwd, file) };
}

/**
 * Makes sure that a commit is signed by one of the given keys. A signature of the other kind, a bad one, one of an unknown or revoked
 * key, and none at all are refused alike.
 *
 * @throws CallsheetError `auth`.
 */
export async function verifyCommit(commit: string, policy: SignaturePolicy, call: GitCall): Promise<void> {
  if (policy.format === 'ssh') {
    const settings = [
      `gpg.ssh.allowedSignersFile=${policy.file}`,
      'gpg.ssh.program=ssh-keygen',
      'gpg.program=false',
      'gpg.x509.program=false',
    ];
    return refuseUnless(await isVerified(commit, { ...call, settings }), commit, policy);
  }
  const home = await mkdtemp(path.join(tmpdir(), 'callsheet-gpg-'));
  try {
    const imported = await execa(
      'gpg',
      ['--homedir', home, '--batch', '--no-autostart', '--quiet', '--import', '--', policy.file],
      { reject: false },
    );
    if (imported.exitCode === undefined)
      throw new CallsheetError('unsupported', 'the program gpg was not found', {
        hint: 'Verifying GPG signatures needs gpg on the PATH.',
      });
    const settings = ['gpg.program=gpg', 'gpg.ssh.program=false', 'gpg.x509.program=false'];
    const good =
      imported.exitCode === 0 && (await isVerified(commit, { ...call, settings, gnupgHome: home }));
    refuseUnless(good, commit, policy);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

async function isVerified(commit: string, call: GitCall): Promise<boolean> {
  return (await runGit(['verify-commit', commit], call)).exitCode === 0;
}

function refuseUnless(good: boolean, commit: string, { format, file }: SignaturePolicy): void {
  if (good) return;
  throw new CallsheetError(
    'auth',
    `commit ${commit.slice(0, 12)} has no good signature of a key in ${file}`,
    {
      hint: `Specs are only taken from commits signed with ${format === 'ssh' ? 'an SSH' : 'a GPG'} key listed there: sign the commit, or add its signer's public key.`,
    },
  );
}
