import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file under a temporary name beside it and then renames it, so that nothing half-written ever has its name. @throws what the file system raises */
export async function writeWhole(file: string, content: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
