import { nearest } from '../../text/nearest';
import { longestScript, type ScriptName } from '../javascript';
import { replaceFix, type ProblemCollector } from '../problem';
import { attribute, type XmlDocument, type XmlElement } from '../xml/tree';
import { codeOf } from './code';
import { isOfLanguage } from './expressions';
import type { SpdProblemCode } from './messages';
import { readSpdNames, type SpdNames, type SpdPlace } from './names';

type Reporter = ProblemCollector<SpdProblemCode>;

/** Checks what expressions refer to: `${…}` in values and texts, and the conditions of `if`. */
export function checkNames(document: XmlDocument, root: XmlElement, reporter: Reporter): void {
  const names = readSpdNames(root);
  for (const code of codeOf(document, root)) {
    if (code.kind === 'script') continue;
    const { start, end } = code.range;
    if (!code.closed) reporter.report('spd.unclosed-expression', start, start + '${'.length);
    else if (code.kind === 'expression' && code.read.error) reporter.report('spd.bad-expression', start, end);
    else if (code.read.tooLong) reporter.report('spd.script-too-long', start, end, { most: longestScript });
    else for (const name of code.names) checkUsedName(name, code.place, names, reporter);
  }
  checkRepeatedInputs(names, reporter);
}

function checkUsedName({ name, start, end }: ScriptName, place: SpdPlace, names: SpdNames, reporter: Reporter): void {
  if (isOfLanguage(name) || names.everywhere.has(name)) return;
  const reachable = names.inputs.filter((input) => place.profile === undefined || input.profile === place.profile);
  const meant = reachable.filter((input) => input.name.value === name);
  const [first] = meant;
  if (first === undefined) {
    const similar = nearest(name, [...reachable.map((input) => input.name.value), ...names.everywhere]);
    if (similar === undefined) reporter.report('spd.unknown-name', start, end, { name });
    else reporter.report('spd.misspelt-name', start, end, { name, nearest: similar }, { fix: replaceFix(start, end, similar) });
  } else if (meant.every((input) => input.dialog > place.dialog)) {
    reporter.report('spd.later-input', start, end, { name }, { related: [{ start: first.name.valueStart, end: first.name.valueEnd }] });
  }
}

function checkRepeatedInputs({ inputs }: SpdNames, reporter: Reporter): void {
  const seen = new Map<XmlElement, Map<string, XmlElement>>();
  for (const { name, element, profile } of inputs) {
    const ofProfile = seen.get(profile) ?? new Map<string, XmlElement>();
    seen.set(profile, ofProfile);
    const first = ofProfile.get(name.value);
    const firstName = first && attribute(first, 'name');
    if (firstName) reporter.report('spd.repeated-input', name.valueStart, name.valueEnd, { value: name.value }, { related: [{ start: firstName.valueStart, end: firstName.valueEnd }] });
    else ofProfile.set(name.value, element);
  }
}
