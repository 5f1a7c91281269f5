import type { Command } from '../command';

export const restartLanguageServer: Command = {
  id: 'gaxPackages.languageServer.restart',
  async run({ languageServer }) {
    await languageServer.restart();
  },
};
