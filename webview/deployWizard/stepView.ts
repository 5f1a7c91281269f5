import type { nothing, TemplateResult } from 'lit';

/** What one step puts into the frame of the wizard. */
export interface StepView {
  readonly heading: string;
  readonly introduction?: string;
  readonly content: TemplateResult;
  /** Left in the footer. */
  readonly footer: TemplateResult | string | typeof nothing;
}

/** The id of a field's control: the same for the rules' name of a field, whatever characters a package puts into it. */
export function controlId(field: string): string {
  return `field-${field.replace(/[^A-Za-z0-9-]/g, (character) => `_${character.codePointAt(0)?.toString(16) ?? ''}_`)}`;
}
