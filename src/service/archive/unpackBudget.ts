import type { ArchiveLimits } from './archive';
import { refusal, type Place } from './refusal';

/** Packed bytes over which the ratio is not looked at: a small file of blanks packs a thousandfold and harms nobody. */
const ratioFrom = 10e6;

/** Counts what an archive unpacks to, as it does, so that a bomb is refused before it is unpacked. */
export interface UnpackBudget {
  /** Unpacked bytes of all files so far. */
  readonly unpacked: number;
  /** Refuses at once what an archive itself says is too much. */
  announce(size: number, place: Place): void;
  /** Counts unpacked bytes; `packed`: all packed bytes that have gone in so far. */
  spend(bytes: number, packed: number, place: Place): void;
}

/** Creates the budget for one archive. */
export function createUnpackBudget(limits: ArchiveLimits): UnpackBudget {
  let unpacked = 0;
  const tooLarge = (place: Place) => refusal('archive/too-large', place, { limit: limits.maximumUnpackedSize });
  return {
    get unpacked() {
      return unpacked;
    },
    announce(size, place) {
      if (unpacked + size > limits.maximumUnpackedSize) throw tooLarge(place);
    },
    spend(bytes, packed, place) {
      unpacked += bytes;
      if (unpacked > limits.maximumUnpackedSize) throw tooLarge(place);
      if (unpacked > ratioFrom && unpacked > limits.maximumRatio * Math.max(packed, 1)) {
        throw refusal('archive/ratio', place, { limit: limits.maximumRatio });
      }
    },
  };
}
