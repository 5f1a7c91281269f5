import { osFamilies, osGroups, osTypes } from '../../configuration/operatingSystems';
import { collectProblems, inOrder, replaceFix, type Problem, type ProblemCollector, type ProblemFix } from '../problem';
import { checkAgainstSchema, type PlacedValue } from '../xml/checkSchema';
import { attribute, childElement, descendants, type XmlDocument, type XmlElement } from '../xml/tree';
import { ipDescriptionSeverities, type IpDescriptionProblemCode } from './messages';
import { ipDescriptionSchema, type IpValueType } from './schema';

type Reporter = ProblemCollector<IpDescriptionProblemCode>;

/** Checks a parsed `ip_description.xml`; its XML's own problems come first. */
export function checkIpDescription(document: XmlDocument): readonly Problem<IpDescriptionProblemCode>[] {
  const reporter = collectProblems(ipDescriptionSeverities);
  reporter.problems.push(...document.problems);
  checkAgainstSchema(document, ipDescriptionSchema, reporter, (placed, schema) => checkValue(placed, schema.type, reporter));
  const { root } = document;
  const product = root && childElement(root, 'Product');
  const release = product && childElement(product, 'Release');
  if (release) checkAttributeOrder(document.text, release, reporter);
  const platforms = root && childElement(root, 'Platforms');
  if (platforms) checkFamilies(platforms, reporter);
  return inOrder(reporter.problems);
}

const releaseOrder = ['Version', 'BuildDate', 'BuildNumber', 'Type'];

function checkAttributeOrder(text: string, element: XmlElement, reporter: Reporter): void {
  const known = element.attributes.filter((found) => releaseOrder.includes(found.name));
  const ordered = known.toSorted((a, b) => releaseOrder.indexOf(a.name) - releaseOrder.indexOf(b.name));
  const late = known.find((found, i) => i > 0 && releaseOrder.indexOf(found.name) < releaseOrder.indexOf(known[i - 1]?.name ?? ''));
  if (!late) return;
  const edits = known.map((found, i) => ({ start: found.start, end: found.end, text: text.slice(ordered[i]?.start, ordered[i]?.end) }));
  const fix: ProblemFix = { title: 'orderAttributes', args: {}, edits };
  reporter.report('ipDescription.attribute-order', late.start, late.nameEnd, { element: element.name, order: releaseOrder.join(', ') }, { fix });
}

/** A system that is known to belong to another group than the one the package is made for. */
function checkFamilies(platforms: XmlElement, reporter: Reporter): void {
  const group = attribute(platforms, 'OSGroupName');
  if (!group || !osGroups.includes(group.value.toLowerCase())) return;
  for (const system of descendants(platforms, 'OS')) {
    const name = attribute(system, 'Name');
    const family = osFamilies.find(({ sign }) => sign.test(name?.value ?? ''))?.group;
    if (!name || family === undefined || family === group.value.toLowerCase()) continue;
    const related = [{ start: group.valueStart, end: group.valueEnd }];
    reporter.report('ipDescription.os-family', name.valueStart, name.valueEnd, { value: name.value, group: group.value }, { related });
  }
}

function checkValue({ name, value, start, end }: PlacedValue, type: IpValueType, reporter: Reporter): void {
  const report = (code: IpDescriptionProblemCode, args = {}, fix?: ProblemFix) => reporter.report(code, start, end, { name, value, ...args }, { fix });
  switch (type) {
    case 'text':
      return;
    case 'formatVersion':
      // The installer compares the two as texts.
      if (value < '4.0') report('ipDescription.format-version');
      return;
    case 'version':
      if (!/^\d+(\.\d+)+$/.test(value)) report('ipDescription.bad-version');
      else if (value.split('.').length !== 4) report('ipDescription.version-parts', { n: value.split('.').length });
      return;
    case 'date':
      if (!isDate(value)) report('ipDescription.bad-date', {}, dateFix(value, start, end));
      return;
    case 'integer':
      if (!/^\d+$/.test(value)) report('ipDescription.bad-integer');
      return;
    case 'locale':
      if (!/^[A-Z]{3}$/.test(value)) report('ipDescription.locale', {}, /^[A-Za-z]{3}$/.test(value) ? replaceFix(start, end, value.toUpperCase()) : undefined);
      return;
    case 'osGroup':
      if (!osGroups.includes(value.toLowerCase())) report('ipDescription.os-group', { known: osGroups.join(', ') });
      return;
    case 'osType':
      if (!/^\d+$/.test(value)) report('ipDescription.bad-integer');
      else if (!Object.hasOwn(osTypes, Number(value))) report('ipDescription.os-type');
      return;
    case 'osVersion':
      if (!/^\d/.test(value)) report('ipDescription.os-version');
  }
}

function isDate(value: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Only a date that begins with its year can be meant in one way alone. */
function dateFix(value: string, start: number, end: number): ProblemFix | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})[./ -](\d{1,2})[./ -](\d{1,2})$/.exec(value) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(value) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? replaceFix(start, end, date) : undefined;
}
