import { exitFailed } from './context';

/** A verb cannot do its work; the sentence is in the user's language already. */
export class CliFailure extends Error {
  constructor(message: string, readonly exitCode: number = exitFailed) {
    super(message);
    this.name = 'CliFailure';
  }
}
