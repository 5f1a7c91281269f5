import type { SampleDescription } from './description';
import { archiveBaseName, writeIpDescription } from './description';
import { linuxPackageEntries } from './packageEntries';
import { commonOptions, writeApd, writeMetadataXml, type SampleTemplate } from './templates';
import type { SampleEntry } from './writeArchive';

/** A sample package, ready to be written. */
export interface Sample {
  /** Of the archive, in the vendor's form. */
  readonly fileName: string;
  readonly format: 'tar.gz' | 'zip';
  /** For a zip: whether it carries Unix permissions. */
  readonly unixModes?: boolean;
  readonly description: SampleDescription;
  entries(): Promise<SampleEntry[]>;
}

const lca = (version: string): SampleDescription => ({
  name: 'Local Control Agent', nickname: 'LCA', version, buildNumber: '1', buildDate: '2024-03-01', osGroup: 'linux', computerTypes: ['Intel EM64T'],
  description: 'Watches over the applications of one host.',
});

const lcaTemplate: SampleTemplate = { name: 'LCA_851', applicationType: 107, version: '8.5.100.37', options: { ...commonOptions, general: { 'lookup_clienthost': 'false' } } };

const lcaSilentIni = [
  '[IPCommon]', 'InstallPath=/opt/genesys/lca', 'DataModel=64', '',
  '# Parameters of Local Control Agent', '[LCA]', 'UseGDA=NotUse', 'LCA_TLS_Mode=false', 'GDA_TLS_Mode=false',
  'Silent_Installation_Without_ConfigServer=yes', 'TuneStartupFiles=no', '',
  '# Only needed with Silent_Installation_Without_ConfigServer=no', '#[ConfigServer]', '#Host=<Host name>', '#Port=<Port number>', '#User=<User name>', '#Password=<Password>', '',
].join('\n');

const mediaControl: SampleDescription = {
  name: 'Media Control Platform', nickname: 'vpMediaControl', version: '9.0.046.06', buildNumber: '1', buildDate: '2024-02-12', osGroup: 'linux',
  computerTypes: ['Intel EM64T'], description: 'Plays and records voice and video for calls.',
};

const configServerSection = ['[ConfigServer]', 'Host=<Host name>', 'Port=2020', 'User=default', 'Password=', 'ApplicationName=', ''];

/** The plug-in of the samples. */
export const reporting = (version: string): SampleDescription => ({
  name: 'GAX Sample Reporting Plug-in', nickname: 'gaxSampleRpt', version, buildNumber: '1', buildDate: '2024-01-20', osGroup: 'linux',
  computerTypes: ['Intel EM64T'], description: 'Adds sample reports to GAX.',
});

const chat: SampleDescription = {
  name: 'Chat Server', nickname: 'eSChatSrv64', version: '8.5.106.10', buildNumber: '1', buildDate: '2024-02-02', osGroup: 'windows',
  computerTypes: ['Intel EM64T'], description: 'Carries chat sessions.',
};

const manyFiles: SampleDescription = {
  name: 'Sample with Many Files', nickname: 'SmplMany', version: '8.5.000.01', buildNumber: '1', buildDate: '2024-03-01', osGroup: 'linux',
  computerTypes: ['Intel EM64T'], description: 'Holds a great number of small files.',
};

/** A package whose size is asked for. */
export const largeSample: SampleDescription = {
  name: 'Sample of a Given Size', nickname: 'SmplLarge', version: '8.5.000.01', buildNumber: '1', buildDate: '2024-03-01', osGroup: 'linux',
  computerTypes: ['Intel EM64T'], description: 'Holds content that cannot be compressed.',
};

/** The response file of samples that need nothing but a path. */
export const pathOnlySilentIni = (path: string): string => `[IPCommon]\nInstallPath=${path}\nDataModel=64\n`;

/** A package for Linux. */
export function tarSample(description: SampleDescription, parts: Omit<Parameters<typeof linuxPackageEntries>[0], 'description'>): Sample {
  return { fileName: `${archiveBaseName(description)}.tar.gz`, format: 'tar.gz', description, entries: () => linuxPackageEntries({ description, ...parts }) };
}

/** The files of a Linux plug-in; its options stand in a `.tpl` of text. */
export function plugInSample(version: string, options: string): Sample {
  return tarSample(reporting(version), {
    silentIni: ['[IPCommon]', 'InstallPath=/opt/genesys/gax-sample-reporting', '', '[gaxSampleRpt]', 'GAX_Directory=/opt/genesys/gax', ''].join('\n'),
    templates: [],
    product: [{ path: 'lib/' }, ...['gax-sample-reporting', 'gax-sample-export'].map((name) => ({ path: `lib/${name}.jar`, content: `A stand-in for a Java archive of ${version}.\n` }))],
    more: [{ path: 'templates/' }, { path: 'templates/gax_sample_reporting.tpl', content: options }],
  });
}

/** What a Windows package has beside its templates. */
export function windowsEntries(description: SampleDescription, installPath: string): SampleEntry[] {
  return [
    { path: 'ip/' },
    { path: 'ip/setup.exe', content: 'MZ: a stand-in for a program\r\n' },
    { path: 'ip/ip_description.xml', content: writeIpDescription(description).replaceAll('\n', '\r\n') },
    { path: 'ip/genesys_silent.ini', content: `[IPCommon]\r\nInstallPath=${installPath}\r\n` },
    { path: 'ip/read_me.html', content: `<html><body>${description.name}</body></html>\r\n` },
    { path: 'templates/' },
  ];
}

/** Every small sample. */
export const samples = {
  lca: tarSample(lca('8.5.100.37'), { silentIni: lcaSilentIni, templates: [lcaTemplate] }),
  /** A newer version of the same product. */
  lcaNewer: tarSample(lca('8.5.100.40'), { silentIni: lcaSilentIni, templates: [{ ...lcaTemplate, version: '8.5.100.40' }], templatesFolder: 'Templates' }),
  /** A zip as Windows makes it: no Unix permissions. */
  lcaZip: {
    fileName: `${archiveBaseName(lca('8.5.100.41'))}.zip`, format: 'zip', unixModes: false, description: lca('8.5.100.41'),
    entries: async () => (await linuxPackageEntries({
      description: lca('8.5.100.41'), silentIni: lcaSilentIni, templates: [{ ...lcaTemplate, version: '8.5.100.41' }], templatesFolder: 'TemplateS',
    })),
  },
  /** Several templates, and a response file that asks for Configuration Server and a password. */
  mediaControl: tarSample(mediaControl, {
    silentIni: [...configServerSection, '[IPCommon]', 'InstallPath=/opt/genesys/mcp', 'DataModel=64', '', '[vpMediaControl]', 'AudioFormat=Alaw', 'VoiceXML=yes', ''].join('\n'),
    templates: [
      {
        name: 'VP_MediaControl_90', applicationType: 145, version: '9.0.046.06', tasks: { 'SampleMediaControl.Monitor.canUse': 'Watch calls', 'SampleMediaControl.Record.canUse': 'Record calls' },
        options: { ...commonOptions, sip: { 'transport.0': 'transport0 udp:any:5070', localport: '5070' } },
      },
      { name: 'VP_MediaControl_Legacy_90', applicationType: 147, version: '9.0.046.06', options: commonOptions },
    ],
  }),
  plugIn: plugInSample('9.0.001.12', '[reporting]\nrefresh-interval = 60\nmaximum-rows = 5000\n\n[reporting.export]\nformat = csv\n'),
  windows: {
    fileName: `${archiveBaseName(chat)}.zip`, format: 'zip', unixModes: false, description: chat,
    entries: () => {
      const template: SampleTemplate = { name: 'Chat_Server_851', applicationType: 59, version: '8.5.106.10', options: commonOptions };
      return Promise.resolve([
        ...windowsEntries(chat, 'C:\\GCTI\\ChatServer'),
        { path: 'templates/Chat_Server_851.apd', content: writeApd(template) },
        { path: 'templates/Chat_Server_851.xml', content: writeMetadataXml(template) },
      ]);
    },
  },
} satisfies Record<string, Sample>;

export type SampleName = keyof typeof samples;

/** A package of `count` small files beside the usual ones. */
export function manyFilesSample(count: number): Sample {
  return tarSample(manyFiles, {
    silentIni: pathOnlySilentIni('/opt/genesys/many'),
    templates: [],
    more: (function* () {
      for (let i = 0; i < count; i++) {
        const folder = `ip/files/${String(Math.floor(i / 500)).padStart(3, '0')}/`;
        if (i % 500 === 0) yield { path: folder };
        yield { path: `${folder}file${String(i).padStart(5, '0')}.txt`, content: `Small file number ${i} of the sample.\n`.repeat(1 + (i % 40)) };
      }
    })(),
  });
}
