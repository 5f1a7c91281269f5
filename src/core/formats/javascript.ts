/**
 * Whether a text parses as the body of a JavaScript function. It is compiled, never run. The vendor's engine differs from
 * ours, so a refusal is a warning. Where the host forbids compiling, nothing is refused.
 */
export function isScript(text: string): boolean {
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- compiled, never called
    new Function(text);
    return true;
  } catch (error) {
    return !(error instanceof SyntaxError);
  }
}

/** Whether a text parses as one JavaScript expression. */
export function isExpression(text: string): boolean {
  // The line ends keep a comment at the end from hiding the bracket; the first check keeps `1);(2` out.
  return isScript(`return (\n${text}\n);`) && isScript(`[\n${text}\n]`);
}
