import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PageChannel } from '../servePage';
import { pageHtml, type PageHtmlParts } from './pageHtml';

/** The folder that pages may load from. */
export function pageFiles(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** What a page may do. @param files the folder of {@link pageFiles} */
export function pageOptions(files: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [files] };
}

/** The way to the page in a webview and back. */
export function channelOf(webview: vscode.Webview): PageChannel {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage: (listener) => {
      const registration = webview.onDidReceiveMessage(listener);
      return () => {
        registration.dispose();
      };
    },
  };
}

/** Puts a page into a webview. */
export function loadPage(webview: vscode.Webview, files: vscode.Uri, parts: Pick<PageHtmlParts, 'kind' | 'subject' | 'locale' | 'title'>): void {
  const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
  webview.html = pageHtml({
    ...parts, source: webview.cspSource, script: address('main.js'), styles: address('main.css'), icons: address('codicon.css'), nonce: randomBytes(16).toString('hex'),
  });
}
