import { watch } from 'chokidar';

/** Several saves within this time are one change. Milliseconds. */
const QUIET_MS = 100;

/**
 * Tells when something below a folder changes. What changed is for the reader to find out; editors' temporary files only cause a look
 * that finds nothing new.
 */
export function watchFolder(folder: string, onChange: () => void): AsyncDisposable {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/.test(path),
  });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, QUIET_MS);
  });
  // A folder that cannot be watched (gone, out of watches) is still read at every interval.
  watcher.on('error', () => undefined);
  return {
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
