import * as vscode from 'vscode';
import { pickMany, turnBack } from '../../inputs/inputs';
import type { Command } from '../command';

/** Lists the passwords that were kept, and forgets those chosen. */
export const forgetSecrets: Command = {
  id: 'gaxPackages.secrets.forget',
  run: async ({ secrets, text }) => {
    const kept = secrets.list();
    if (kept.length === 0) {
      void vscode.window.showInformationMessage(text('noSaved'));
      return;
    }
    const chosen = await pickMany(text('forgetPlaceholder'), text('forgetPlaceholder'), kept.map(({ id, label, where }) => ({
      label, description: where === 'store' ? text('savedInStore') : text('savedInWindow'), value: id,
    })));
    if (chosen.length === 0) turnBack();
    for (const id of chosen) await secrets.forget(id);
    vscode.window.setStatusBarMessage(text('forgotten', { n: chosen.length }), 3000);
  },
};
