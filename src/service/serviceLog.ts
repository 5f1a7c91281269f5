/** The log of the package service: English, one line an entry, secrets redacted. */
export interface ServiceLog {
  info(area: string, message: string): void;
  warn(area: string, message: string): void;
  /** `error`'s chain of causes is written too. */
  error(area: string, message: string, error?: unknown): void;
}
