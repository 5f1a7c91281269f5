import type { Documentation } from '../documentation';

/** What a value must look like; the checks stand in `rules.ts`. */
export type SilentIniValueType = 'text' | 'password' | 'installPath' | 'path' | 'host' | 'licenseHost' | 'port' | 'choice';

/** A condition on the rest of the file. `is` tells whether that section, or key, is there with a value. */
export type SilentIniCondition =
  | { readonly section: string; readonly key?: string; readonly is: 'present' | 'absent' }
  | { readonly section: string; readonly key: string; readonly equals: string }
  | { readonly section: string; readonly key: string; readonly differsFrom: string }
  /** What the package's description says, not the file. */
  | { readonly package: 'licenseNeeded' };

export interface SilentIniKeySchema {
  /** `*`: the section of any product. */
  readonly section: string;
  readonly key: string;
  readonly type: SilentIniValueType;
  readonly values?: readonly string[];
  /** Other values than `values` are possible; the list is not known to be complete. */
  readonly open?: boolean;
  /** Required while every condition holds; an empty list: always. */
  readonly requiredWhen?: readonly SilentIniCondition[];
  /** The other key that satisfies the requirement as well. */
  readonly or?: string;
  /** An empty value satisfies the requirement. */
  readonly mayBeEmpty?: boolean;
  readonly documentation: Documentation;
  readonly example: string;
}

export interface SilentIniSectionSchema {
  readonly name: string;
  /** Keys outside of the table are normal here. */
  readonly open: boolean;
  readonly documentation: Documentation;
}

/** The vendor's sections in the order forms show them. A section outside of the table is a product's own, usually named by its nickname. */
export const silentIniSections: readonly SilentIniSectionSchema[] = [
  { name: 'IPCommon', open: false, documentation: { en: 'What every package asks.', fr: 'Ce que demande tout package.' } },
  { name: 'ConfigServer', open: false, documentation: { en: 'How to reach Configuration Server.', fr: 'L’accès à Configuration Server.' } },
  { name: 'License', open: false, documentation: { en: 'The license of the product.', fr: 'La licence du produit.' } },
  { name: 'JavaData', open: true, documentation: { en: 'The Java runtime to use.', fr: 'L’environnement Java à utiliser.' } },
  { name: 'ServerConfiguration', open: true, documentation: { en: 'Settings of a new Configuration Server.', fr: 'Réglages d’un nouveau Configuration Server.' } },
  { name: 'Database', open: false, documentation: { en: 'The database of Configuration Server.', fr: 'La base de données de Configuration Server.' } },
  { name: 'LCA', open: true, documentation: { en: 'Settings of Local Control Agent.', fr: 'Réglages de Local Control Agent.' } },
  { name: 'vpMediaControl', open: true, documentation: { en: 'Settings of Media Control Platform.', fr: 'Réglages de Media Control Platform.' } },
  { name: 'IntRcLVRRSPrem', open: true, documentation: { en: 'Settings of the voice recorder.', fr: 'Réglages de l’enregistreur vocal.' } },
];

const usesConfigServer: readonly SilentIniCondition[] = [
  { section: 'ConfigServer', is: 'present' },
  { section: 'LCA', key: 'Silent_Installation_Without_ConfigServer', differsFrom: 'yes' },
];
const configuresServer: SilentIniCondition = { section: 'ServerConfiguration', key: 'Configure', equals: 'yes' };
const licenseFile: SilentIniCondition = { section: 'License', key: 'AccessType', equals: 'LicenseFile' };
const licenseManager: SilentIniCondition = { section: 'License', key: 'AccessType', equals: 'LicenseManager' };

const commonKeys: readonly SilentIniKeySchema[] = [
  {
    // From release 8.0 on, the working directory of the application in Configuration Server can stand in.
    section: 'IPCommon', key: 'InstallPath', type: 'installPath', example: '/opt/genesys/lca',
    requiredWhen: [{ section: 'ConfigServer', is: 'absent' }],
    documentation: {
      en: 'Absolute path of the folder to install into. A folder that is not empty is backed up first.',
      fr: 'Chemin absolu du dossier d’installation. Un dossier non vide est d’abord sauvegardé.',
    },
  },
  {
    section: 'IPCommon', key: 'DataModel', type: 'choice', values: ['32', '64'], example: '64',
    documentation: { en: 'Bit width to install where the package has both.', fr: 'Largeur en bits à installer si le package contient les deux.' },
  },
  {
    section: 'IPCommon', key: 'Components', type: 'text', example: 'server;tools',
    documentation: { en: 'Parts to install, joined by semicolons.', fr: 'Composants à installer, séparés par des points-virgules.' },
  },
  {
    section: 'IPCommon', key: 'RunTimeMode', type: 'choice', values: ['Server', 'ServerBackup', 'Proxy', 'SQLScripts'], open: true, example: 'Server',
    documentation: { en: 'How the server will run.', fr: 'Le mode de fonctionnement du serveur.' },
  },
];

const configServerKeys: readonly SilentIniKeySchema[] = [
  {
    section: 'ConfigServer', key: 'Host', type: 'host', requiredWhen: usesConfigServer, example: 'config.example.com',
    documentation: { en: 'Host of Configuration Server.', fr: 'Hôte de Configuration Server.' },
  },
  {
    section: 'ConfigServer', key: 'Port', type: 'port', requiredWhen: usesConfigServer, example: '2020',
    documentation: { en: 'Port of Configuration Server.', fr: 'Port de Configuration Server.' },
  },
  {
    section: 'ConfigServer', key: 'User', type: 'text', requiredWhen: usesConfigServer, example: 'installer',
    documentation: { en: 'User name in Configuration Server.', fr: 'Nom d’utilisateur dans Configuration Server.' },
  },
  {
    section: 'ConfigServer', key: 'Password', type: 'password', requiredWhen: usesConfigServer, or: 'xPassword', mayBeEmpty: true, example: '',
    documentation: { en: 'Password of that user; may be empty.', fr: 'Mot de passe de cet utilisateur ; peut être vide.' },
  },
  {
    section: 'ConfigServer', key: 'xPassword', type: 'password', example: '',
    documentation: { en: 'The same password in encrypted form, instead of Password.', fr: 'Le même mot de passe sous forme chiffrée, à la place de Password.' },
  },
  {
    section: 'ConfigServer', key: 'ApplicationName', type: 'text', example: 'LCA_host1',
    documentation: {
      en: 'Application object to install for; needed where several fit on the host.',
      fr: 'Objet Application à installer ; nécessaire si plusieurs conviennent sur l’hôte.',
    },
  },
  {
    section: 'ConfigServer', key: 'ApplicationNameClient', type: 'text', example: 'Desktop_client',
    documentation: { en: 'The same for a client application, which has no host.', fr: 'De même pour une application cliente, sans hôte.' },
  },
  {
    section: 'ConfigServer', key: 'transport-port', type: 'port', mayBeEmpty: true, example: '7001',
    documentation: { en: 'Port the product uses on its own side; only some products.', fr: 'Port utilisé côté produit ; certains produits seulement.' },
  },
  {
    section: 'ConfigServer', key: 'transport-address', type: 'host', mayBeEmpty: true, example: '10.0.0.12',
    documentation: { en: 'Address the product uses on its own side; only some products.', fr: 'Adresse utilisée côté produit ; certains produits seulement.' },
  },
];

const licenseKeys: readonly SilentIniKeySchema[] = [
  {
    section: 'License', key: 'LicenseAgreement', type: 'choice', values: ['Accepted', 'NotAccepted'], example: 'Accepted',
    requiredWhen: [{ package: 'licenseNeeded' }],
    documentation: { en: 'Accepted, else a package that needs a license stops.', fr: 'Accepted, sinon un package sous licence s’arrête.' },
  },
  {
    section: 'License', key: 'UseLicense', type: 'choice', values: ['Required', 'NotRequired'], example: 'NotRequired',
    documentation: { en: 'Whether the product uses a license at run time.', fr: 'Si le produit utilise une licence en fonctionnement.' },
  },
  {
    section: 'License', key: 'AccessType', type: 'choice', values: ['LicenseFile', 'LicenseManager'], example: 'LicenseManager',
    documentation: { en: 'Where the license comes from.', fr: 'La provenance de la licence.' },
  },
  {
    section: 'License', key: 'File', type: 'path', requiredWhen: [licenseFile], example: '/opt/genesys/license.dat',
    documentation: { en: 'Path of the license file on the host.', fr: 'Chemin du fichier de licence sur l’hôte.' },
  },
  {
    section: 'License', key: 'Host', type: 'licenseHost', requiredWhen: [licenseManager], example: 'license.example.com',
    documentation: { en: 'Host of License Manager.', fr: 'Hôte de License Manager.' },
  },
  {
    section: 'License', key: 'Port', type: 'port', requiredWhen: [licenseManager], example: '7260',
    documentation: { en: 'Port of License Manager.', fr: 'Port de License Manager.' },
  },
];

const serverKeys: readonly SilentIniKeySchema[] = [
  {
    section: 'JavaData', key: 'JavaPath', type: 'path', example: '/usr/lib/jvm/jre/bin',
    documentation: { en: 'Folder of the java program.', fr: 'Dossier du programme java.' },
  },
  {
    section: 'ServerConfiguration', key: 'AuthenticationType', type: 'choice', values: ['None', 'LDAP', 'Radius', 'LDAP and Radius'], example: 'None',
    documentation: { en: 'How users are authenticated.', fr: 'La manière d’authentifier les utilisateurs.' },
  },
  {
    section: 'ServerConfiguration', key: 'LDAPServerURL', type: 'text', example: 'ldap://ldap.example.com:389',
    documentation: { en: 'Address of the LDAP server.', fr: 'Adresse du serveur LDAP.' },
  },
  {
    section: 'ServerConfiguration', key: 'Configure', type: 'choice', values: ['yes', 'no'], example: 'no',
    documentation: { en: 'Whether the server is configured now; yes needs section Database.', fr: 'Si le serveur est configuré maintenant ; yes exige la section Database.' },
  },
  {
    section: 'ServerConfiguration', key: 'SoapPort', type: 'port', example: '5555',
    documentation: { en: 'Port of the SOAP interface.', fr: 'Port de l’interface SOAP.' },
  },
  {
    section: 'ServerConfiguration', key: 'LogFileName', type: 'text', example: 'confserv.log',
    documentation: { en: 'Name of the log file.', fr: 'Nom du fichier journal.' },
  },
  {
    section: 'ServerConfiguration', key: 'ServerPort', type: 'port', example: '2020',
    documentation: { en: 'Port for clients.', fr: 'Port destiné aux clients.' },
  },
  {
    section: 'ServerConfiguration', key: 'ManagementPort', type: 'port', example: '2021',
    documentation: { en: 'Port for management.', fr: 'Port d’administration.' },
  },
  {
    section: 'Database', key: 'Host', type: 'host', requiredWhen: [configuresServer], example: 'db.example.com',
    documentation: { en: 'Host of the database.', fr: 'Hôte de la base de données.' },
  },
  {
    section: 'Database', key: 'Port', type: 'port', requiredWhen: [configuresServer], example: '5432',
    documentation: { en: 'Port of the database.', fr: 'Port de la base de données.' },
  },
  {
    section: 'Database', key: 'Engine', type: 'choice', values: ['Oracle', 'PostgreSQL', 'IBMDB2', 'MsSQL'], open: true, requiredWhen: [configuresServer],
    example: 'PostgreSQL',
    documentation: { en: 'Kind of database; PostgreSQL on Linux only.', fr: 'Type de base ; PostgreSQL sous Linux seulement.' },
  },
  {
    section: 'Database', key: 'ServerName', type: 'text', example: 'CFGDB',
    documentation: { en: 'Name of the database server.', fr: 'Nom du serveur de base de données.' },
  },
  {
    section: 'Database', key: 'DatabaseName', type: 'text', example: 'config',
    requiredWhen: [configuresServer, { section: 'Database', key: 'Engine', differsFrom: 'Oracle' }],
    documentation: { en: 'Name of the database; Oracle ignores it.', fr: 'Nom de la base ; ignoré pour Oracle.' },
  },
  {
    section: 'Database', key: 'User', type: 'text', requiredWhen: [configuresServer], example: 'config',
    documentation: { en: 'User of the database.', fr: 'Utilisateur de la base.' },
  },
  {
    section: 'Database', key: 'Password', type: 'password', example: '',
    documentation: { en: 'Password of that user.', fr: 'Mot de passe de cet utilisateur.' },
  },
];

const productKeys: readonly SilentIniKeySchema[] = [
  {
    section: 'LCA', key: 'UseGDA', type: 'choice', values: ['Use', 'NotUse'], example: 'NotUse',
    documentation: { en: 'Whether Genesys Deployment Agent is installed too.', fr: 'Si Genesys Deployment Agent est aussi installé.' },
  },
  {
    section: 'LCA', key: 'TuneStartupFiles', type: 'choice', values: ['yes', 'no'], example: 'no',
    documentation: { en: 'Whether the host starts the agent by itself.', fr: 'Si l’hôte démarre l’agent de lui-même.' },
  },
  {
    section: 'LCA', key: 'LCA_TLS_Mode', type: 'choice', values: ['true', 'false'], example: 'false',
    documentation: { en: 'Whether the agent uses TLS.', fr: 'Si l’agent utilise TLS.' },
  },
  {
    section: 'LCA', key: 'GDA_TLS_Mode', type: 'choice', values: ['true', 'false'], example: 'false',
    documentation: { en: 'Whether Genesys Deployment Agent uses TLS.', fr: 'Si Genesys Deployment Agent utilise TLS.' },
  },
  {
    section: 'LCA', key: 'Certificate', type: 'path', example: '/etc/genesys/lca.pem',
    documentation: { en: 'Path of the certificate.', fr: 'Chemin du certificat.' },
  },
  {
    section: 'LCA', key: 'CertificateKey', type: 'path', example: '/etc/genesys/lca.key',
    documentation: { en: 'Path of the certificate’s key.', fr: 'Chemin de la clé du certificat.' },
  },
  {
    section: 'LCA', key: 'TrustedCA', type: 'text', example: '/etc/genesys/ca.pem',
    documentation: { en: 'Paths of trusted authorities, joined by commas.', fr: 'Chemins des autorités reconnues, séparés par des virgules.' },
  },
  {
    section: 'LCA', key: 'Silent_Installation_Without_ConfigServer', type: 'choice', values: ['yes', 'no'], example: 'yes',
    documentation: { en: 'yes: section ConfigServer is not used.', fr: 'yes : la section ConfigServer n’est pas utilisée.' },
  },
  {
    section: 'vpMediaControl', key: 'AudioFormat', type: 'text', example: 'Alaw',
    documentation: { en: 'Audio format of calls.', fr: 'Format audio des appels.' },
  },
  {
    section: 'vpMediaControl', key: 'HttpProxyHost', type: 'text', example: 'proxy.example.com',
    documentation: { en: 'Host of the HTTP proxy.', fr: 'Hôte du proxy HTTP.' },
  },
  {
    section: 'vpMediaControl', key: 'VoiceXML', type: 'choice', values: ['yes', 'no'], open: true, example: 'yes',
    documentation: { en: 'Whether VoiceXML is used.', fr: 'Si VoiceXML est utilisé.' },
  },
  {
    section: 'IntRcLVRRSPrem', key: 'InstallationType', type: 'choice', values: ['MCP'], open: true, example: 'MCP',
    documentation: { en: 'What is installed.', fr: 'Ce qui est installé.' },
  },
  {
    section: 'IntRcLVRRSPrem', key: 'MCP_Directory', type: 'path', example: '/opt/genesys/mcp',
    documentation: { en: 'Folder of Media Control Platform.', fr: 'Dossier de Media Control Platform.' },
  },
  {
    section: 'IntRcLVRRSPrem', key: 'MCP_Schedule', type: 'text', example: '00:00',
    documentation: { en: 'Time of day of the schedule.', fr: 'Heure de la planification.' },
  },
  {
    section: '*', key: 'GAX_Directory', type: 'path', example: '/opt/genesys/gax',
    documentation: { en: 'Folder of the GAX installation the plug-in belongs to.', fr: 'Dossier de l’installation GAX du plug-in.' },
  },
];

/** Every known key, in the order forms show them. */
export const silentIniKeys: readonly SilentIniKeySchema[] = [...commonKeys, ...configServerKeys, ...licenseKeys, ...serverKeys, ...productKeys];

const sectionByName = new Map(silentIniSections.map((section) => [section.name, section]));
const keyByName = new Map(silentIniKeys.map((key) => [`${key.section}\n${key.key}`, key]));

/** The table's entry for a section, spelled exactly. */
export function findSectionSchema(section: string): SilentIniSectionSchema | undefined {
  return sectionByName.get(section);
}

/** The table's entry for a key, spelled exactly; for a product's own section also the keys any product may have. */
export function findKeySchema(section: string, key: string): SilentIniKeySchema | undefined {
  return keyByName.get(`${section}\n${key}`) ?? (sectionByName.get(section)?.open === false ? undefined : keyByName.get(`*\n${key}`));
}

/** Known keys of a section, in order. */
export function keySchemasOf(section: string): readonly SilentIniKeySchema[] {
  return silentIniKeys.filter((key) => key.section === section);
}
