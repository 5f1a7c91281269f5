import { describeError, toErrorData } from '../../../core/errors';
import { hostFormOf } from '../../../core/hosts/form';
import type { HostSettings } from '../../../core/hosts/model';
import type { HostRoute } from '../../../protocol/page/host';
import type { HostPagePorts } from './hostPage';

/** How a host is reached: read anew when its settings or a file of the SSH configuration change. */
export interface LiveRoute {
  /** Takes what the host's settings are now; undefined: nobody can be asked, so what is known stays until somebody can. */
  follow(host: HostSettings | undefined): void;
  current(): HostRoute | undefined;
  dispose(): void;
}

/** @param changed called when `current()` gives something else */
export function createLiveRoute(ports: Pick<HostPagePorts, 'locale' | 'service' | 'watchFiles' | 'report'>, hostId: string, changed: () => void): LiveRoute {
  let current: HostRoute | undefined;
  let followed: string | undefined;
  let watched: readonly string[] = [];
  let stopWatching = (): void => undefined;
  /** Counts the readings: only the answer to the last one is taken. */
  let readings = 0;

  const watch = (files: readonly string[]): void => {
    if (files.join('\n') === watched.join('\n')) return;
    stopWatching();
    watched = files;
    stopWatching = ports.watchFiles(files, () => {
      if (followed !== undefined) void read();
    });
  };
  const read = async (): Promise<void> => {
    readings++;
    const reading = readings;
    try {
      const route = await ports.service.request('hosts/resolve', { id: hostId });
      if (reading !== readings) return;
      current = { kind: 'read', route };
      watch(route.files);
    } catch (error) {
      if (reading !== readings || followed === undefined) return;
      const data = toErrorData(error);
      current = { kind: 'failed', code: data.code, message: describeError(ports.locale, data) };
      ports.report('hosts/resolve', error);
      // The file that cannot be read may become one that can.
      const { file } = data.args;
      if (watched.length === 0 && typeof file === 'string') watch([file]);
    }
    changed();
  };
  return {
    follow: (host) => {
      const settings = host && JSON.stringify(hostFormOf(host));
      if (settings === followed) return;
      followed = settings;
      if (settings !== undefined) void read();
    },
    current: () => current,
    dispose: () => {
      readings++;
      stopWatching();
    },
  };
}
