/**
 * Text from elsewhere (a host, an installer) made harmless for a terminal or a document: escape sequences and control
 * characters are taken out, a tab stays. Line ends are taken out too: split lines first.
 */
export function asPlainText(text: string): string {
  return text
    // CSI and OSC sequences, then other escapes.
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]?/g, '')
    // C0, DEL and C1 without the tab; and marks that turn the direction of text.
    .replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '');
}
