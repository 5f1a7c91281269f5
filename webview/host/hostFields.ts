import { html, nothing, type TemplateResult } from 'lit';
import type { HostField, HostForm, HostProblems } from '../../src/core/hosts/form';
import { defaultLockFolders, defaultStagingFolders } from '../../src/core/hosts/model';
import { hostText } from '../../src/core/text/hostText';
import { createText, type Locale } from '../../src/core/text/messages';
import type { HostTenant } from '../../src/protocol/page/host';
import { button } from '../components/button';
import { radioGroup, select } from '../components/choices';
import { field } from '../components/field';
import { textInput } from '../components/textInput';

export interface HostFields {
  readonly form: HostForm;
  /** What is wrong with the fields that a person has left. */
  readonly problems: HostProblems;
  readonly locale: Locale;
  readonly locked: boolean;
  readonly machine: string;
  readonly hasAgent: boolean;
  /** Those that may own the host. */
  readonly tenants: readonly HostTenant[];
  /** Tags of the saved host that protect it. */
  readonly protectedBy: readonly string[];
  readonly onInput: (change: Partial<HostForm>) => void;
  readonly onLeave: (field: HostField) => void;
  readonly onChooseFile: () => void;
}

/** The fields of a host. */
export function hostFields(options: HostFields): TemplateResult {
  const { form, problems, locale, locked, machine, hasAgent, tenants, protectedBy, onInput, onLeave, onChooseFile } = options;
  const text = createText(locale, hostText);
  const line = (id: HostField, label: string, help?: string, settings: { readonly required?: boolean; readonly mono?: boolean } = {}): TemplateResult => {
    const problem = problems[id];
    return field({ id, label, required: settings.required === true, ...(help !== undefined && { help }), ...(problem && { error: text(problem) }) }, (attributes) =>
      textInput(attributes, { value: form[id], mono: settings.mono === true, disabled: locked, onInput: (value) => onInput({ [id]: value }), onLeave: () => onLeave(id) }));
  };
  return html`<div class="form">
    ${line('name', text('fieldName'), text('helpName'), { required: true })}
    ${line('address', text('fieldAddress'), text('helpAddress'), { required: true })}
    ${line('port', text('fieldPort'), text('helpPort'))}
    ${line('user', text('fieldUser'), text('helpUser', { machine }))}
    <fieldset class="bare" ?disabled=${locked}>
      ${radioGroup<HostForm['signIn']>({
        id: 'signIn', label: text('fieldSignIn'), value: form.signIn,
        choices: [
          { value: 'sshConfig', label: text('sshConfig'), help: text('sshConfigHelp') },
          { value: 'agent', label: text('agent'), help: text(hasAgent ? 'agentHelp' : 'agentMissing') },
          { value: 'key', label: text('key'), help: text('keyHelp', { machine }) },
          { value: 'password', label: text('password'), help: text('passwordHelp') },
        ],
        onChange: (signIn) => onInput({ signIn }),
      })}
    </fieldset>
    ${form.signIn !== 'key' ? nothing : field({
      id: 'keyFile', label: text('fieldKeyFile'), help: text('helpKeyFile', { machine }), required: true, ...(problems.keyFile && { error: text(problems.keyFile) }),
    }, (attributes) => html`<div class="with-choose">
      ${textInput(attributes, { value: form.keyFile, mono: true, disabled: locked, onInput: (keyFile) => onInput({ keyFile }), onLeave: () => onLeave('keyFile') })}
      ${button(text('chooseFile'), onChooseFile, { id: 'choose-file', disabled: locked })}
    </div>`)}
    <fieldset class="bare" ?disabled=${locked}>
      ${radioGroup<HostForm['installAs']>({
        id: 'installAs', label: text('fieldInstallAs'), value: form.installAs,
        choices: [
          { value: 'default', label: text('installDefault'), help: text('installDefaultHelp') },
          { value: 'loginUser', label: text('installLoginUser') },
          { value: 'sudo', label: text('installSudo'), help: text('installSudoHelp') },
          { value: 'sudoPassword', label: text('installSudoPassword'), help: text('installSudoPasswordHelp') },
          { value: 'su', label: text('installSu'), help: text('installSuHelp') },
        ],
        onChange: (installAs) => onInput({ installAs }),
      })}
    </fieldset>
    ${form.installAs === 'default' || form.installAs === 'loginUser' ? nothing : line('installUser', text('fieldInstallUser'), text('helpInstallUser'), { required: true })}
    ${line('stagingFolder', text('fieldStaging'), text('helpFolder', defaultStagingFolders), { mono: true })}
    ${line('lockFolder', text('fieldLock'), text('helpFolder', defaultLockFolders), { mono: true })}
    ${line('tags', text('fieldTags'), protectedBy.length === 0 ? text('helpTags') : text('protectedHelp', { tags: protectedBy.join(', ') }))}
    ${tenants.length < 2 ? nothing : field({ id: 'tenantId', label: text('fieldTenant'), help: text('helpTenant') }, (attributes) =>
      select(attributes, { value: form.tenantId, choices: tenants.map(({ id, path }) => ({ value: id, label: path })), disabled: locked, onChange: (tenantId) => onInput({ tenantId }) }))}
  </div>`;
}
