import type { ArchiveLimits } from './archive';
import { refusal, type Place } from './refusal';

/** Counts what an archive unpacks to, as it does, so that a bomb is refused before it is unpacked. */
export interface UnpackBudget {
  /** Unpacked bytes of all files so far. */
  readonly unpacked: number;
  /** Refuses at once what an archive itself says is too much; `packed`, where it is known: all packed bytes up to and with the entry. */
  announce(size: number, place: Place, packed?: number): void;
  /** Counts unpacked bytes; `packed`: all packed bytes that have gone in so far. */
  spend(bytes: number, packed: number, place: Place): void;
}

/** Creates the budget for one archive. */
export function createUnpackBudget(limits: ArchiveLimits): UnpackBudget {
  let unpacked = 0;
  const tooLarge = (place: Place) => refusal('archive/too-large', place, { limit: limits.maximumUnpackedSize });
  const checkRatio = (bytes: number, packed: number, place: Place) => {
    if (bytes > limits.ratioFrom && bytes > limits.maximumRatio * Math.max(packed, 1)) throw refusal('archive/ratio', place, { limit: limits.maximumRatio });
  };
  return {
    get unpacked() {
      return unpacked;
    },
    announce(size, place, packed) {
      if (unpacked + size > limits.maximumUnpackedSize) throw tooLarge(place);
      if (packed !== undefined) checkRatio(unpacked + size, packed, place);
    },
    spend(bytes, packed, place) {
      unpacked += bytes;
      if (unpacked > limits.maximumUnpackedSize) throw tooLarge(place);
      checkRatio(unpacked, packed, place);
    },
  };
}
