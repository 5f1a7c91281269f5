import type { DeploymentInputs, SilentIniValue } from '../../core/deployment/model';
import type { PackageSummary } from '../../core/packages/model';
import type { DeploymentForm, DeploymentProblem, SilentIniField } from '../../protocol/service';
import type { ExtensionParts } from '../extensionParts';
import { askText, pickOne, separator, type Choice } from '../inputs/inputs';
import { printKey } from '../tasks/definition';
import { askSecret, askSecrets } from './askSecrets';

/** The values of a deployment, as they are entered. */
interface Entered {
  readonly inputs: DeploymentInputs;
  readonly secrets: readonly SilentIniValue[];
}

/** What was entered and agreed to, with the file as it will be written and what should be considered. */
export interface ReviewedValues extends Entered {
  readonly form: DeploymentForm;
  readonly warnings: readonly DeploymentProblem[];
}

/** Asks for what is required and secret, then shows all values, to change any of them, until nothing is wrong and the person goes on. */
export async function reviewValues(parts: ExtensionParts, item: PackageSummary, start: DeploymentInputs, title: string): Promise<ReviewedValues> {
  const { service } = parts;
  const own = await service.request('deployments/form', { packageId: item.id });
  const loadForm = (values: readonly SilentIniValue[]): Promise<DeploymentForm> =>
    values.length === 0 ? Promise.resolve(own) : service.request('deployments/form', { packageId: item.id, values: [...values] });
  const setValue = (entered: Entered, field: SilentIniField, value: string): Entered => {
    // Only what differs from the package's own file is kept.
    const unchanged = own.fields.some((other) => printKey(other) === printKey(field) && other.value === value && !other.required);
    const others = entered.inputs.values.filter((other) => printKey(other) !== printKey(field));
    return { ...entered, inputs: { ...entered.inputs, values: unchanged ? others : [...others, { section: field.section, key: field.key, value }] } };
  };

  let form = await loadForm(start.values);
  let entered = withSecrets({ inputs: start, secrets: [] }, await askSecrets(parts, item, form.fields, title));
  for (const field of form.fields.filter((other) => other.required && !other.secret && other.value === '')) {
    entered = setValue(entered, field, await askValue(parts, field, field.value, title));
  }
  for (;;) {
    form = await loadForm(entered.inputs.values);
    const problems = await service.request('deployments/check', { ...entered.inputs, hostIds: [...entered.inputs.hostIds], values: [...entered.inputs.values], secretKeys: [...entered.inputs.secretKeys] });
    const errors = problems.filter(({ severity }) => severity === 'error');
    const choice = await pickOne<'continue' | 'application' | SilentIniField>(title, parts.text('reviewPlaceholder'), reviewItems(parts, item, form.fields, entered, errors));
    if (choice === 'continue') {
      if (errors.length === 0) return { ...entered, form, warnings: problems };
    } else if (choice === 'application') {
      entered = { ...entered, inputs: { ...entered.inputs, applicationName: await askApplication(parts, entered.inputs.applicationName, item, title) } };
    } else if (choice.secret) {
      const value = await askSecret(parts, item, choice, title);
      const others = entered.secrets.filter((other) => printKey(other) !== printKey(choice));
      entered = withSecrets(entered, value === '' ? others : [...others, { section: choice.section, key: choice.key, value }]);
    } else {
      entered = setValue(entered, choice, await askValue(parts, choice, valueOf(choice, entered), title));
    }
  }
}

function withSecrets(entered: Entered, secrets: readonly SilentIniValue[]): Entered {
  return { inputs: { ...entered.inputs, secretKeys: secrets.map(({ section, key }) => ({ section, key })) }, secrets };
}

function valueOf(field: SilentIniField, { inputs }: Entered): string {
  return inputs.values.find((value) => printKey(value) === printKey(field))?.value ?? field.value;
}

async function askValue({ text }: ExtensionParts, field: SilentIniField, value: string, title: string): Promise<string> {
  const heading = text('valueTitle', { title, section: field.section, key: field.key });
  if (field.allowed !== undefined) {
    return pickOne(heading, field.documentation ?? '', field.allowed.map((allowed) => ({ label: allowed, ...(allowed === value && { description: '$(check)' }), value: allowed })));
  }
  return askText({
    title: heading, value, ...(field.documentation !== undefined && { prompt: field.documentation }),
    validateInput: (input) => {
      if (field.required && input === '') return text('valueRequired');
      return /[\r\n]/.test(input) ? text('valueOneLine') : undefined;
    },
  });
}

function askApplication({ text }: ExtensionParts, value: string, item: PackageSummary, title: string): Promise<string> {
  return askText({ title, prompt: text('reviewApplicationPrompt'), value: value === '' ? `${item.nickname}_{host}` : value });
}

type ReviewItem = Choice<'continue' | 'application' | SilentIniField>;

function reviewItems(
  { text }: ExtensionParts, item: PackageSummary, fields: readonly SilentIniField[], entered: Entered, errors: readonly DeploymentProblem[],
): (ReviewItem | ReturnType<typeof separator>)[] {
  const [first] = errors;
  const items: (ReviewItem | ReturnType<typeof separator>)[] = [
    {
      label: first === undefined ? `$(check) ${text('reviewContinue')}` : `$(error) ${text('reviewProblems')}`,
      ...(first !== undefined && { detail: errors.map(({ message }) => message).join(' ') }), value: 'continue', alwaysShow: true,
    },
    { label: text('reviewApplication'), description: describeApplication(text, entered.inputs.applicationName, item), value: 'application' },
  ];
  let section: string | undefined;
  for (const field of fields) {
    if (field.section !== section) items.push(separator(`[${field.section}]`));
    ({ section } = field);
    items.push({ label: field.key, description: describeValue(text, field, entered), ...(field.documentation !== undefined && { detail: field.documentation }), value: field });
  }
  return items;
}

/** The name of the application object as it will be, with the host's name still open. */
function describeApplication(text: ExtensionParts['text'], applicationName: string, item: Pick<PackageSummary, 'nickname'>): string {
  return applicationName === '' ? text('planDefaultApplication', { nickname: item.nickname }) : applicationName;
}

function describeValue(text: ExtensionParts['text'], field: SilentIniField, entered: Entered): string {
  if (field.secret) return entered.secrets.some((secret) => printKey(secret) === printKey(field)) ? text('reviewSecretGiven') : text('reviewSecretKept');
  const value = valueOf(field, entered);
  if (value !== '') return value;
  return field.required ? `$(error) ${text('reviewMissing')}` : text('reviewEmpty');
}
