import type { TransferWatch } from '../../core/deployment/lane';
import type { Deployment } from '../../core/deployment/model';
import { describeHostRun } from '../../core/text/stateText';
import { asPlainText } from '../../core/text/plainText';
import type { Locale } from '../../core/text/messages';
import { createText } from '../../core/text/messages';
import { taskText } from '../../core/text/taskText';
import { describeTransfer } from '../../core/text/transferText';

/**
 * The last line of a running task's terminal: percent of the whole, then what each running host is at, a transfer with its bytes and speed. Never longer than
 * the terminal is wide, so that it can be taken back; hosts that find no room are counted.
 */
export function progressLine(locale: Locale, deployment: Deployment, columns: number, transfers?: Pick<TransferWatch, 'of'>): string {
  const text = createText(locale, taskText);
  const active = deployment.hosts.filter((run) => run.state === 'running' || run.state === 'waiting');
  const parts = active.map((run) => {
    const transfer = transfers?.of(run);
    return `${asPlainText(run.hostName)} ${describeHostRun(locale, run)}${transfer === undefined ? '' : ` (${describeTransfer(locale, transfer)})`}`;
  });
  const overall = text('overall', { percent: deployment.percent });
  for (let shown = parts.length; shown >= 0; shown--) {
    const hidden = parts.length - shown;
    const line = [overall, ...parts.slice(0, shown), ...(hidden > 0 ? [text('moreHosts', { n: hidden })] : [])].join('  ');
    if (line.length < columns) return line;
  }
  return overall.slice(0, Math.max(0, columns - 1));
}
