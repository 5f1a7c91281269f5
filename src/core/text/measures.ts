import type { Locale } from './messages';

const units: Readonly<Record<Locale, readonly string[]>> = {
  en: ['B', 'KB', 'MB', 'GB', 'TB'],
  fr: ['o', 'Ko', 'Mo', 'Go', 'To'],
};

/** A size as lists show it: `214 MB`, `1.2 GB`, `214 Mo`. Whole numbers from 10 on; a thousand bytes make a kilobyte. */
export function formatBytes(locale: Locale, bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units[locale].length - 1) {
    value /= 1000;
    unit += 1;
  }
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: unit === 0 || value >= 9.95 ? 0 : 1 }).format(value);
  return `${number}\u00a0${units[locale][unit] ?? ''}`;
}

/** A time in the reader's zone: without the year in the present one. What is no time is shown as it is. */
export function formatTime(locale: Locale, iso: string, now: Date = new Date()): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const year = time.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', ...year }).format(time);
}

/** The same in full, for tooltips. */
export function formatFullTime(locale: Locale, iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' }).format(time);
}
