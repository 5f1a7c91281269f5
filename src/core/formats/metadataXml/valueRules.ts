import { applicationTypes } from '../../configuration/applicationTypes';
import { nearest } from '../../text/nearest';
import { replaceFix, type ProblemCollector, type ProblemFix } from '../problem';
import type { PlacedValue } from '../xml/checkSchema';
import type { XmlValueSchema } from '../xml/schema';
import type { MetadataXmlProblemCode } from './messages';
import { compilePattern } from './patterns';
import type { MetadataValueType } from './schema';

/** Checks one value by its kind alone. */
export function checkMetadataValue({ name, value, start, end }: PlacedValue, schema: XmlValueSchema<MetadataValueType>, reporter: ProblemCollector<MetadataXmlProblemCode>): void {
  const report = (code: MetadataXmlProblemCode, args = {}, fix?: ProblemFix) => reporter.report(code, start, end, { name, value, ...args }, { fix });
  switch (schema.type) {
    case 'applicationType':
      if (!/^\d{1,9}$/.test(value.trim())) report('metadataXml.bad-type');
      else if (!Object.hasOwn(applicationTypes, Number(value))) report('metadataXml.unknown-type');
      return;
    case 'version':
      if (!/^\d+(\.\d+)+$/.test(value)) report('metadataXml.bad-version');
      return;
    case 'boolean': {
      const meant = nearest(value.trim(), ['true', 'false']);
      if (value !== 'true' && value !== 'false') report('metadataXml.bad-boolean', {}, meant === undefined ? undefined : replaceFix(start, end, meant));
      return;
    }
    case 'number':
      if (!isNumber(value)) report('metadataXml.bad-number');
      return;
    case 'regex':
      if (compilePattern(value) === undefined) report('metadataXml.bad-regex');
      return;
    case 'formatType':
    case 'ruleType':
    case 'choice': {
      if (schema.values?.includes(value)) return;
      const meant = nearest(value, schema.values ?? []);
      report('metadataXml.value-not-known', { allowed: schema.values?.join(', ') ?? '' }, meant === undefined ? undefined : replaceFix(start, end, meant));
      return;
    }
    case 'text':
  }
}

/** True for a number as the vendor's files write them. */
export function isNumber(value: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(value);
}
