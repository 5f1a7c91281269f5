import type { ExtensionTextKey } from '../../core/text/extensionText';
import type { Text } from '../../core/text/messages';
import type { HostKeyAnswer } from '../../protocol/service';
import type { ClientHandlers } from '../../service/client';
import { askAboutCommand } from './commandQuestion';
import { askAboutHostKey } from './hostKeyQuestion';
import { askAboutLock } from './lockQuestion';
import { createQuestionQueue } from './questionQueue';
import type { SecretKeeper } from './secretKeeper';
import { answerSecret } from './secretQuestion';

/** Answers what the service must ask a person, one question at a time. */
export function createQuestionHandlers(text: Text<ExtensionTextKey>, secrets: SecretKeeper): ClientHandlers {
  const queue = createQuestionQueue();
  return {
    confirmHostKey: (question, token) => queue.ask<HostKeyAnswer>(() => askAboutHostKey(text, question), () => token.isCancellationRequested, 'refuse'),
    confirmCommand: (question, token) => queue.ask<'run' | 'skip'>(() => askAboutCommand(text, question), () => token.isCancellationRequested, 'skip'),
    confirmTakeOver: (question, token) => queue.ask<'takeOver' | 'leave'>(() => askAboutLock(text, question), () => token.isCancellationRequested, 'leave'),
    askSecret: (question, token) =>
      queue.ask<string | undefined>(() => answerSecret(text, secrets, question, token), () => token.isCancellationRequested, undefined),
  };
}
