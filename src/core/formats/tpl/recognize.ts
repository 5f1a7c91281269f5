/** True for the text of a `.tpl` that is XML. */
export function isXmlTpl(text: string): boolean {
  return /^\ufeff?\s*</.test(text);
}

/**
 * True for a text that is a plug-in’s template as far as its beginning tells: metadata, or text that opens with a section.
 * Files of other programs have this ending too.
 */
export function isPluginTemplate(beginning: string): boolean {
  if (isXmlTpl(beginning)) return /^\ufeff?\s*(?:<\?[^]*?\?>\s*|<!--[^]*?-->\s*)*<(?:[\w.-]+:)?metaData\b/.test(beginning);
  return /^\ufeff?(?:[ \t]*(?:[#;][^\r\n]*)?\r?\n)*[ \t]*\[[^[\]{}\r\n]+\][ \t]*(?:\r?\n|$)/.test(beginning);
}
