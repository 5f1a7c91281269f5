import * as path from 'node:path';

/**
 * The files of the catalogue share one sequence of numbers that are never used twice: image n holds every change of the
 * logs below n, log n continues the newest image or log below it.
 */
export interface CatalogueFolder {
  readonly path: string;
  image(number: number): string;
  log(number: number): string;
}

export function createCatalogueFolder(folder: string): CatalogueFolder {
  const name = (number: number, ending: string) => path.join(folder, `${String(number).padStart(8, '0')}.${ending}`);
  return { path: folder, image: (number) => name(number, 'image'), log: (number) => name(number, 'log') };
}

export interface CatalogueFiles {
  /** Ascending. */
  readonly images: readonly number[];
  /** Ascending. */
  readonly logs: readonly number[];
  /** Images whose writing never ended. */
  readonly unfinished: readonly string[];
  /** The highest number ever used. */
  readonly highest: number;
}

/**
 * The first number for a service that finds these files. It leaves a gap: should an owner that lost its folder still make
 * a file, it cannot take a number of its successor.
 */
export function firstNumber({ highest }: CatalogueFiles): number {
  return highest === 0 ? 1 : (Math.floor(highest / 100) + 1) * 100 + 1;
}

/** Sorts the names in the folder of the catalogue. */
export function sortCatalogueFiles(names: readonly string[]): CatalogueFiles {
  const numbered = names.map((name) => /^(\d{8,})\.(.+)$/.exec(name)).filter((match) => match !== null);
  const numbers = (ending: string) => numbered.filter((match) => match[2] === ending).map((match) => Number(match[1])).sort((a, b) => a - b);
  return {
    images: numbers('image'),
    logs: numbers('log'),
    unfinished: numbered.filter((match) => match[2] === 'image.new').map((match) => match[0]),
    highest: Math.max(0, ...numbered.map((match) => Number(match[1]))),
  };
}
