import { nearest } from '../../text/nearest';
import { replaceFix, type ProblemCollector, type ProblemDetails } from '../problem';
import { isPlaceholder, type SilentIniEntry } from './parse';
import type { SilentIniContext } from './conditions';
import type { SilentIniProblemCode } from './messages';
import type { SilentIniKeySchema } from './schema';

type Reporter = ProblemCollector<SilentIniProblemCode>;

/** Checks the value of one setting; `schema` is undefined for a key outside of the table. */
export function checkValue(entry: SilentIniEntry, schema: SilentIniKeySchema | undefined, context: SilentIniContext, reporter: Reporter): void {
  const { key, value, valueStart, end } = entry;
  if (isPlaceholder(value)) {
    if (!context.isTemplate) reporter.report('silentIni.placeholder', valueStart, end, { value: value.trim() });
    return;
  }
  // Two quotes count as empty for the keys that may be empty.
  if (value === '' || (value === '""' && schema?.mayBeEmpty)) return;
  if (value !== value.trim()) {
    const free = schema === undefined || schema.type === 'text' || schema.type === 'password';
    const details = free ? {} : { fix: replaceFix(valueStart, end, value.trim()) };
    reporter.report(free ? 'silentIni.blank-in-text' : 'silentIni.blank-around-value', valueStart, end, { key }, details);
    return;
  }
  const report = (code: SilentIniProblemCode, args = {}, details: ProblemDetails = {}) => {
    reporter.report(code, valueStart, end, { key, value, ...args }, details);
  };
  switch (schema?.type) {
    case 'choice':
      if (!schema.values?.includes(value)) {
        const meant = nearest(value, schema.values ?? []);
        const fix = meant === undefined ? undefined : replaceFix(valueStart, end, meant);
        report(schema.open ? 'silentIni.value-not-known' : 'silentIni.value-not-allowed', { allowed: schema.values?.join(', ') ?? '' }, { fix });
      }
      return;
    case 'port':
      if (!/^\d{1,5}$/.test(value) || Number(value) < 1 || Number(value) > 65_535) report('silentIni.bad-port');
      return;
    case 'host':
      if (!/^[\w.:%-]+$/.test(value)) report('silentIni.bad-host');
      return;
    case 'licenseHost':
      // The installer itself refuses every other character here.
      if (!/^[A-Za-z0-9.-]+$/.test(value)) report('silentIni.bad-host');
      return;
    case 'installPath':
      checkInstallPath(value, context, report);
      return;
    default:
  }
}

function checkInstallPath(value: string, { osGroup }: SilentIniContext, report: (code: SilentIniProblemCode) => void): void {
  const isWindowsPath = /^([A-Za-z]:[\\/]|\\\\)/.test(value);
  if (osGroup === 'windows' || (osGroup === undefined && isWindowsPath)) {
    if (!isWindowsPath) report('silentIni.install-path-relative');
    return;
  }
  if (value.includes('~')) report('silentIni.install-path-home');
  else if (!value.startsWith('/')) report('silentIni.install-path-relative');
  else if (/\.\/|\/\./.test(value)) report('silentIni.install-path-dots');
}
