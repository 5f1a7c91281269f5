import type { Transfer } from '../deployment/lane';
import { deployProgressText } from './deployProgressText';
import { formatBytes } from './measures';
import { createText, type Locale } from './messages';

/** `98 MB of 214 MB · 12 MB/s`: how far a transfer is and, once that can be said, how fast. */
export function describeTransfer(locale: Locale, { done, total, perSecond }: Transfer): string {
  const text = createText(locale, deployProgressText);
  const size = text('sizeDone', { done: formatBytes(locale, done), total: formatBytes(locale, total) });
  return perSecond === undefined ? size : `${size} · ${text('speed', { bytes: formatBytes(locale, perSecond) })}`;
}
