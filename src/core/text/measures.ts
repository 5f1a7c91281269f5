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

const timeFormats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes as long as using it a hundred times, and lists show thousands of times. */
function timeFormat(locale: Locale, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`;
  const known = timeFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  timeFormats.set(key, known);
  return known;
}

/** A time in the reader's zone: without the year in the present one. What is no time is shown as it is. */
export function formatTime(locale: Locale, iso: string, now: Date = new Date()): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  const short: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' };
  return (time.getFullYear() === now.getFullYear() ? timeFormat(locale, 'short', short) : timeFormat(locale, 'year', { ...short, year: 'numeric' })).format(time);
}

/** The same in full, for tooltips. */
export function formatFullTime(locale: Locale, iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : timeFormat(locale, 'full', { dateStyle: 'long', timeStyle: 'medium' }).format(time);
}
