import * as vscode from 'vscode';

/** Whether the end of work is told in a notification, by the user's setting and by whether the place that shows it is visible. */
export function shouldNotify(isShown: boolean): boolean {
  const choice = vscode.workspace.getConfiguration('gaxPackages').get<string>('notifications.onFinish');
  return choice === 'always' || (choice !== 'never' && !isShown);
}
