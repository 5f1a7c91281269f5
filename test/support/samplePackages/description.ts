import { escapeXml } from './templates';

/** What an `ip_description.xml` of a sample says. */
export interface SampleDescription {
  readonly name: string;
  readonly nickname: string;
  readonly version: string;
  readonly buildNumber: string;
  readonly buildDate: string;
  readonly osGroup: 'linux' | 'windows';
  readonly computerTypes: readonly string[];
  readonly description: string;
  readonly license?: 'Required' | 'NotRequired';
}

/** Writes `ip_description.xml` in the form of the vendor's files: one element a line, attributes in the vendor's order. */
export function writeIpDescription(sample: SampleDescription): string {
  const systems = sample.osGroup === 'linux' ? ['Red Hat Enterprise Linux', 'Debian'] : ['Windows Server 2016', 'Windows Server 2019'];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<InstallationPackage FormatVersion="8.0">',
    `  <Product License="${sample.license ?? 'NotRequired'}" AppClass="Application">`,
    `    <Release Version="${sample.version}" BuildDate="${sample.buildDate}" BuildNumber="${sample.buildNumber}" Type="General"/>`,
    '    <Name>',
    `      <Long>${escapeXml(sample.name)}</Long>`,
    `      <Nickname>${escapeXml(sample.nickname)}</Nickname>`,
    '    </Name>',
    '    <Language LocaleId="ENU">',
    '      <Name>English (United States)</Name>',
    '    </Language>',
    `    <Description>${escapeXml(sample.description)}</Description>`,
    '    <ReleaseNotes Place="Web" WebDBId="." FileName="release_notes.html"/>',
    '  </Product>',
    `  <Platforms OSGroupName="${sample.osGroup}">`,
    ...sample.computerTypes.flatMap((type) => [
      `    <Computer Type="${type}">`,
      ...systems.map((system) => `      <OS Name="${system}"/>`),
      '    </Computer>',
    ]),
    '  </Platforms>',
    '  <InstallationPgm>',
    '    <Release Version="8.5.000.03"/>',
    '    <Language LocaleId="ENU">',
    '      <Name>English (United States)</Name>',
    '    </Language>',
    '  </InstallationPgm>',
    '</InstallationPackage>',
    '',
  ].join('\n');
}

/** The vendor's archive name: version digits without dots, as `IP_LCA_8510037b1_ENU_linux`. */
export function archiveBaseName(sample: SampleDescription): string {
  return `IP_${sample.nickname}_${sample.version.replaceAll('.', '')}b${sample.buildNumber}_ENU_${sample.osGroup}`;
}
