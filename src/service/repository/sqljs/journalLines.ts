import { createHash } from 'node:crypto';
import type { DeploymentEvent } from '../../../core/deployment/model';

/**
 * A journal is a text file of JSON lines, each `["checksum",{event}]` with the first 16 digits of the SHA-256 of the
 * event's JSON. The sequence numbers show that none is missing.
 */
export function encodeLine(event: DeploymentEvent): string {
  const json = JSON.stringify(event);
  return `["${checksum(json)}",${json}]\n`;
}

/** The event of a line without its line feed; undefined when it is not as it was written. */
export function decodeLine(line: string, sequence: number): DeploymentEvent | undefined {
  const json = line.slice(20, -1);
  if (line !== `["${checksum(json)}",${json}]`) return undefined;
  const event = JSON.parse(json) as DeploymentEvent;
  return event.sequence === sequence ? event : undefined;
}

/** True for the rest of a write that was cut off: it has no line feed, or holes of zeros after a loss of power. */
export function isTornTail(rest: Buffer): boolean {
  return !rest.includes(0x0a) || rest.includes(Buffer.alloc(4));
}

function checksum(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, 16);
}
