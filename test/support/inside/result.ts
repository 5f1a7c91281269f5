/** One test that ran in the extension host. */
export interface InsideTest {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly durationMs: number;
  readonly error?: string;
}

/** What a run inside the extension host leaves in its result file. */
export interface InsideResult {
  readonly tests: readonly InsideTest[];
}
