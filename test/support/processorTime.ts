import { existsSync, readFileSync } from 'node:fs';

/** Seconds of processor time that a process has used; NaN where the system does not tell in this way. */
export function processorTime(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return NaN;
  // Behind the name in brackets; times are in hundredths of a second on every Linux.
  const fields = readFileSync(file, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
