// Rules for ESLint: what a person reads comes from a catalogue of sentences, not from the code.

const words = /\p{L}{2}/u;
const hole = '\uE000';
const spokenAttributes = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label'];

/** Finds words in the text and in the spoken attributes of a template of HTML; `hole` stands for its expressions. */
function* wordsOfHtml(html) {
  // What machines read: styles of code, comments.
  const text = html.replaceAll(/<!--[\s\S]*?-->/g, '').replaceAll(/<(code|style)\b[^>]*>[\s\S]*?<\/\1>/g, '');
  for (const [, name, , quoted] of text.matchAll(/([\w-]+)=(["'])([^"']*)\2/g)) if (spokenAttributes.includes(name) && words.test(quoted)) yield quoted;
  for (const piece of text.replaceAll(/<[^<>]*>/g, '\n').split('\n')) {
    const rest = piece.replaceAll(/&\w+;/g, '').trim();
    if (words.test(rest)) yield rest;
  }
}

/** Strings that an expression can become, as far as they stand in it. */
function* literalsOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') yield node.value;
  if (node.type === 'TemplateLiteral') yield node.quasis.map(({ value }) => value.cooked).join(hole);
  if (node.type === 'ConditionalExpression') for (const part of [node.consequent, node.alternate]) yield* literalsOf(part);
  if (node.type === 'LogicalExpression') for (const part of [node.left, node.right]) yield* literalsOf(part);
}

/** Pages: no words in a template of HTML. */
const pageWords = {
  meta: { type: 'problem', messages: { words: 'No catalogue has “{{words}}”: use defineMessages.' }, schema: [] },
  create: (context) => ({
    TaggedTemplateExpression({ tag, quasi }) {
      if (tag.type !== 'Identifier' || tag.name !== 'html') return;
      const pieces = quasi.quasis.map(({ value }) => value.cooked);
      for (const found of wordsOfHtml(pieces.join(hole))) context.report({ node: quasi, messageId: 'words', data: { words: found.replaceAll(hole, '…') } });
      quasi.expressions.forEach((expression, index) => {
        const before = pieces.slice(0, index + 1).join(hole);
        const inTag = before.lastIndexOf('<') > before.lastIndexOf('>');
        const attribute = /([\w-]+)=["']?[^"'\s]*$/.exec(before)?.[1];
        if (inTag && (attribute === undefined || !spokenAttributes.includes(attribute))) return;
        for (const found of literalsOf(expression)) if (words.test(found)) context.report({ node: expression, messageId: 'words', data: { words: found.replaceAll(hole, '…') } });
      });
    },
  }),
};

/** Properties of the editor's interface, and of ours that end there, that a person reads. */
const shownProperties = ['label', 'description', 'detail', 'title', 'placeHolder', 'placeholder', 'prompt', 'tooltip', 'openLabel', 'saveLabel', 'validationMessage'];
const twoWords = /\p{L}{2,}[^\S\n]+\p{L}{2,}/u;

/** The editor: no words where it shows them, and no sentence anywhere but in what only a log or a developer reads. */
const editorWords = {
  meta: { type: 'problem', messages: { words: 'No catalogue has “{{words}}”: use defineMessages.' }, schema: [] },
  create: (context) => {
    const report = (node, found) => context.report({ node, messageId: 'words', data: { words: found.replaceAll(hole, '…') } });
    const isForDevelopers = (node) => context.sourceCode.getAncestors(node).some((parent) =>
      (parent.type === 'NewExpression' && /Error$/.test(context.sourceCode.getText(parent.callee)))
      || (parent.type === 'CallExpression' && /(^|\.)(log|report)(\.\w+)?$/.test(context.sourceCode.getText(parent.callee)))
      || parent.type === 'TSLiteralType' || parent.type === 'ImportDeclaration');
    const check = (node) => {
      for (const literal of literalsOf(node)) {
        const found = literal.startsWith('<') ? [...wordsOfHtml(literal)].join(' ') : literal;
        if (twoWords.test(found) && !isForDevelopers(node)) report(node, found);
      }
    };
    return {
      Literal: check,
      TemplateLiteral: check,
      Property({ key, value }) {
        const name = key.type === 'Identifier' ? key.name : '';
        if (!shownProperties.includes(name)) return;
        for (const found of literalsOf(value)) if (words.test(found.replaceAll(/\$\([\w~-]+\)/g, '')) && !twoWords.test(found)) report(value, found);
      },
      CallExpression({ callee, arguments: given }) {
        if (!/\bwindow\.(show\w*Message|setStatusBarMessage|createOutputChannel|createTerminal)$/.test(context.sourceCode.getText(callee))) return;
        for (const argument of given) for (const found of literalsOf(argument)) if (words.test(found) && !twoWords.test(found)) report(argument, found);
      },
    };
  },
};

export const localised = { rules: { 'page-words': pageWords, 'editor-words': editorWords } };
