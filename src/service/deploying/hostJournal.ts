import type { DeploymentStep, StepProgress } from '../../core/deployment/model';
import type { ErrorData } from '../../core/errors';
import type { MessageArguments } from '../../core/text/messages';
import type { FactName } from '../../core/text/deploymentText';
import type { EventWriter } from './eventWriter';

/** What the steps of one host tell. Facts and commands are stored in the order they are told. */
export interface HostJournal {
  fact(name: FactName, value: string, args?: MessageArguments): void;
  /** A reason against the host besides the one it fails with. */
  problem(error: ErrorData): void;
  /** A command that is about to run on the host. */
  command(text: string): void;
  output(stream: 'stdout' | 'stderr', text: string): void;
  /** Bytes done inside the step; shown, never stored. */
  progress(step: DeploymentStep, bytesDone: number, bytesTotal: number): void;
  /** Resolves when everything told so far is stored. @throws what the repository raises */
  stored(): Promise<void>;
}

export function createHostJournal(deploymentId: string, host: string, writer: EventWriter, onProgress: (progress: StepProgress) => void): HostJournal {
  // A failing store shows at the next `stored`, and at every step's own event: it needs no handler for each line.
  const tell = (append: Promise<void>): void => void append.catch(() => undefined);
  return {
    fact: (name, value, args) => tell(writer.append({ type: 'fact', host, name, value, ...(args && { args }) })),
    problem: (error) => tell(writer.append({ type: 'fact', host, name: 'problem', value: error.code, args: error.args })),
    command: (text) => tell(writer.append({ type: 'command', host, text })),
    output: (stream, text) => tell(writer.append({ type: 'output', host, stream, text })),
    progress: (step, bytesDone, bytesTotal) => onProgress({ deploymentId, hostId: host, step, bytesDone, bytesTotal }),
    stored: () => writer.append(),
  };
}
