import type { Step } from '../hostWork';

/** Asks for what only a person knows, then connects: host key first, sign-in second. Nothing on the host is changed. */
export const connectStep: Step = {
  name: 'connect',
  async run(work, signal) {
    const { host, journal, parts } = work;
    work.secrets = await work.secretValues(host, signal);
    const connection = await parts.connector.connect(host, { questions: work.questions, acceptNewHostKey: work.acceptNewHostKey, signal });
    work.connection = connection;
    journal.fact('hostKey', connection.hostKey.fingerprint, { type: connection.hostKey.type });
    journal.fact('signedIn', connection.signedInWith, { user: host.user });
    return undefined;
  },
};
