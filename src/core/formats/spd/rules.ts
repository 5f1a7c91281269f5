import { nearest } from '../../text/nearest';
import { longestScript, readExpression, readScript } from '../javascript';
import { collectProblems, inOrder, replaceFix, type Problem, type ProblemCollector, type ProblemFix } from '../problem';
import { checkAgainstSchema, type PlacedValue } from '../xml/checkSchema';
import { decodeContent } from '../xml/decodedText';
import type { XmlValueSchema } from '../xml/schema';
import { attribute, childElements, localName, type XmlDocument, type XmlElement } from '../xml/tree';
import { isIdentifier } from './expressions';
import { spdSeverities, type SpdProblemCode } from './messages';
import { checkNames } from './nameRules';
import { spdNamespaces, spdSchema, spdVersion, type SpdValueType } from './schema';

type Reporter = ProblemCollector<SpdProblemCode>;

/** Checks a parsed solution package definition; its XML's own problems come first. */
export function checkSpd(document: XmlDocument): readonly Problem<SpdProblemCode>[] {
  const reporter = collectProblems(spdSeverities);
  reporter.problems.push(...document.problems);
  checkAgainstSchema(document, spdSchema, reporter, (placed, schema) => checkValue(document.text, placed, schema, reporter));
  const { root } = document;
  if (root && localName(root.name) === spdSchema.name) {
    checkNamespaces(root, reporter);
    const [, ...otherKeys] = childElements(root, 'deploymentkey');
    for (const other of otherKeys) reporter.report('spd.several-deployment-keys', other.nameStart, other.nameEnd);
    checkProfiles(root, reporter);
    checkNames(document, root, reporter);
  }
  return inOrder(reporter.problems);
}

/** Both families of releases are fine, but not in one file. Other namespaces are anybody's own. */
function checkNamespaces(root: XmlElement, reporter: Reporter): void {
  let first: { family: string; start: number; end: number } | undefined;
  for (const { name, value, valueStart, valueEnd } of root.attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    const family = spdNamespaces.find((candidate) => value === candidate || value.startsWith(`${candidate}/`));
    if (family === undefined) {
      if (name === 'xmlns' || /^xmlns:(os|cfg|fileio)$/.test(name)) {
        const meant = nearest(value, spdNamespaces.flatMap((known) => [known, `${known}/os`, `${known}/cfg`, `${known}/fileio`]));
        reporter.report('spd.unknown-namespace', valueStart, valueEnd, { value, known: spdNamespaces.join(', ') }, { fix: meant === undefined ? undefined : replaceFix(valueStart, valueEnd, meant) });
      }
    } else if (first && first.family !== family) {
      reporter.report('spd.mixed-namespaces', valueStart, valueEnd, { value, first: first.family }, { related: [{ start: first.start, end: first.end }] });
    } else {
      first ??= { family, start: valueStart, end: valueEnd };
    }
  }
}

function checkProfiles(root: XmlElement, reporter: Reporter): void {
  const seen = new Map<string, { start: number; end: number }>();
  for (const profile of childElements(root, 'profile')) {
    const name = attribute(profile, 'name');
    if (!name || name.value === '') continue;
    const first = seen.get(name.value);
    if (first) reporter.report('spd.repeated-profile', name.valueStart, name.valueEnd, { value: name.value }, { related: [first] });
    else seen.set(name.value, { start: name.valueStart, end: name.valueEnd });
  }
}

function checkValue(text: string, placed: PlacedValue, schema: XmlValueSchema<SpdValueType>, reporter: Reporter): void {
  const { name, value, start, end, element } = placed;
  const report = (code: SpdProblemCode, args = {}, fix?: ProblemFix) => reporter.report(code, start, end, { name, value, ...args }, { fix });
  const isComputed = value.includes('${');
  const nearestFix = () => {
    const meant = nearest(value.trim(), schema.values ?? []);
    return meant === undefined ? undefined : replaceFix(start, end, meant);
  };
  switch (schema.type) {
    case 'schemaVersion':
      if (!/^\d+(\.\d+)*$/.test(value)) report('spd.bad-version', { known: spdVersion });
      else if (Number(value.split('.')[0]) > Number(spdVersion.split('.')[0])) report('spd.version-too-new', { known: spdVersion });
      return;
    case 'inputName':
      if (!isIdentifier(value)) report('spd.bad-input-name');
      return;
    case 'inputType':
      if (!schema.values?.includes(value)) report('spd.value-not-known', { allowed: schema.values?.join(', ') ?? '' }, nearestFix());
      else checkDefault(element, value, reporter);
      return;
    case 'choice':
      if (isComputed || schema.values?.includes(value)) return;
      report(schema.open ? 'spd.value-not-known' : 'spd.value-not-allowed', { allowed: schema.values?.join(', ') ?? '' }, nearestFix());
      return;
    case 'boolean':
      if (!isComputed && value !== 'true' && value !== 'false') report('spd.bad-boolean', {}, nearestFix());
      return;
    case 'expression':
      if (readExpression(value).error) report('spd.bad-expression');
      return;
    case 'script':
      checkScript(text, element, reporter);
      return;
    case 'text':
    case 'computed':
    case 'variable':
  }
}

function checkScript(text: string, element: XmlElement, reporter: Reporter): void {
  const script = decodeContent(text, element);
  const { error, tooLong } = readScript(script.text);
  if (tooLong) reporter.report('spd.script-too-long', element.start + 1, element.start + 1 + element.name.length, { most: longestScript });
  if (error) reporter.report('spd.bad-script', script.offsetAt(error.start), script.offsetAt(error.end - 1) + 1);
}

function checkDefault(input: XmlElement, type: string, reporter: Reporter): void {
  const fallback = attribute(input, 'default');
  if (!fallback || fallback.value === '' || fallback.value.includes('${')) return;
  const fits = type === 'integer' ? /^-?\d+$/.test(fallback.value) : type !== 'boolean' || ['true', 'false'].includes(fallback.value);
  if (!fits) reporter.report('spd.default-kind', fallback.valueStart, fallback.valueEnd, { value: fallback.value, type });
}
