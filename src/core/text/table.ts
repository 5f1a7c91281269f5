/** Lays rows out in aligned columns, two blanks apart. The last column is not padded. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
  return all.map((row) => row.map((cell, column) => (column === header.length - 1 ? cell : pad(cell, widths[column] ?? 0))).join('  ').trimEnd());
}

function width(text: string): number {
  return Array.from(text).length;
}

function pad(text: string, to: number): string {
  return text + ' '.repeat(Math.max(0, to - width(text)));
}
