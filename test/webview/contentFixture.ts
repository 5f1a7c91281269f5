import { readSpd } from '../../src/core/formats/spd/read';
import type { PackageSummary } from '../../src/core/packages/model';
import { writeDefinition } from '../support/samplePackages/definitions';
import { detailsOf, mcp } from './packageDetailsFixture';
import type { ScriptedRepository } from './support';

export const solutionItem: PackageSummary = {
  ...mcp, kind: 'solution-definition', name: 'Voice Platform Segment', version: '2.1.0', nickname: '', localeId: '', osGroup: '', computerTypes: [], sha256: 'A3F1'.repeat(16), size: 1900,
};

/** Of one of its templates nothing is understood, of another one all but a line. */
export const plugInItem: PackageSummary = {
  ...mcp, kind: 'plug-in', sha256: 'A3F1'.repeat(16), notes: [
    { kind: 'templateNotUnderstood', path: 'templates/ODD.tpl', problem: 'tpl.not-understood', args: {}, line: 1 },
    { kind: 'templatePartlyUnderstood', path: 'templates/RPT.tpl', problem: 'tpl.not-understood', args: {}, line: 4 },
  ],
};

/** Answers what is in these two. */
export function answerContents(repository: ScriptedRepository): void {
  const { definition } = readSpd(writeDefinition());
  if (definition === undefined) throw new Error('the sample is no definition');
  repository.service.answer('packages/get', ({ id, tenantId }) => {
    const item = repository.lists.packages.find((each) => each.id === id && each.tenantId === tenantId) ?? mcp;
    if (item.kind === 'solution-definition') {
      return { ...detailsOf(item), templates: [], archiveFormat: 'xml', fileCount: 1, unpackedSize: item.size, solution: { ...definition, path: 'SOLUTION.xml' } };
    }
    return {
      ...detailsOf(item),
      templates: [{ name: 'RPT', path: 'templates/RPT.tpl', format: 'tpl', optionCount: 2 }, { name: 'ODD', path: 'templates/ODD.tpl', format: 'tpl', notUnderstood: true }],
      templateOptions: [{ path: 'templates/RPT.tpl', options: [{ section: 'REPORTING', option: 'INTERVAL', defaultValue: '60' }, { section: 'MAIL', option: 'SMTP-PASSWORD', defaultValue: 'hidden-default' }] }],
      installation: [{ path: 'templates/RPT.xml', name: 'SILENT', displayName: '', type: 'GenesysSilent' }, { path: 'templates/RPT.xml', name: 'OTHER', displayName: '', type: 'SETUP' }],
    };
  });
}
