#!/usr/bin/env node
// Starts Callsheet. In a clone the program is TypeScript, which a Node that cannot strip types hands to the Node of the `node`
// development dependency; the published package holds compiled JavaScript, which runs on the Nodes that package.json names. This file
// itself must be readable by any Node, so that one that is too old gets a sentence and not a stack trace.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = new URL('../controller/main.ts', import.meta.url);
const compiled = new URL('../dist/controller/main.js', import.meta.url);
/** The first major version that both strips types without a flag and knows all the syntax that stripping leaves. */
const FIRST_MAJOR = 24;
/** The first that runs the compiled program: the floor of `engines` in package.json. */
const FIRST_COMPILED = '22.22.2';

nodeModule.enableCompileCache?.();
if (!existsSync(source)) {
  if (isOlder(process.versions.node, FIRST_COMPILED)) refuse();
  await import(compiled.href);
} else if (process.features.typescript && Number.parseInt(process.versions.node, 10) >= FIRST_MAJOR) {
  await import(source.href);
} else {
  runWith(newerNode());
}

function isOlder(version, than) {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  const index = a.findIndex((number, i) => number !== b[i]);
  return index !== -1 && a[index] < b[index];
}

function refuse() {
  process.stderr.write(
    `error: Callsheet needs Node ${FIRST_COMPILED} or newer; this is ${process.version}\n` +
      'hint: install a newer Node (https://nodejs.org/), or run the container image, which brings its own.\n',
  );
  process.exit(1);
}

/** The Node binary that `npm ci` installed here. */
function newerNode() {
  try {
    const root = dirname(nodeModule.createRequire(import.meta.url).resolve('node/package.json'));
    const binary = join(root, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

/** Runs the program as a child with our standard streams, passes signals on, and ends as it ends. */
function runWith(node) {
  if (node === undefined) {
    process.stderr.write(
      `error: Callsheet needs Node ${FIRST_MAJOR} or newer to run from its sources; this is ${process.version}\n` +
        'hint: run "npm ci" in the clone: it brings a newer Node along. Or install a newer Node.\n',
    );
    process.exit(1);
  }
  // This file again, so that the compile cache is on before the first TypeScript is loaded.
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends an interrupt to the whole group, so the child has it already; what comes to this process alone is passed on.
  const fromTerminal = process.stdin.isTTY === true;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !fromTerminal) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`error: cannot start ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}
