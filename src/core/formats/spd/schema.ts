import type { Documentation } from '../documentation';
import type { Presence, XmlAttributeSchema, XmlElementSchema, XmlValueSchema } from '../xml/schema';

/** Kinds of values; the checks stand in `rules.ts`. `computed`: text that is often an expression. */
export type SpdValueType = 'text' | 'schemaVersion' | 'inputName' | 'inputType' | 'boolean' | 'computed' | 'choice' | 'expression' | 'script' | 'variable';

type Element = XmlElementSchema<SpdValueType>;
type Attribute = XmlAttributeSchema<SpdValueType>;

const doc = (en: string, fr: string): Documentation => ({ en, fr });

function attribute(name: string, type: SpdValueType, presence: Presence, example: string, documentation: Documentation, more: Partial<XmlValueSchema<SpdValueType>> = {}): Attribute {
  return { name, type, presence, example, documentation, ...more };
}

function textElement(name: string, presence: Presence, example: string, documentation: Documentation): Element {
  return { name, presence, documentation, text: { presence: 'optional', type: 'text', example, documentation } };
}

const description = textElement('description', 'optional', 'Installs the stat server.', doc('A text that people read.', 'Un texte destiné aux personnes.'));
const summary = textElement('summary', 'optional', 'Installs one server.', doc('Shown on the last page before the run.', 'Affiché sur la dernière page avant l’exécution.'));

/** The namespaces of the two families of releases; `os`, `cfg` and `fileio` are sub-namespaces of each. */
export const spdNamespaces: readonly string[] = ['http://genesys.com/gax/asd', 'http://genesyslab.com/gax/asd'];

/** The newest schema version that is known: that of GAX 8.1.2 and later. */
export const spdVersion = '2.0.0';

/** Names that the vendor's examples use without declaring them. */
export const spdConstants: readonly string[] = ['INSTALL_BASE_PATH', 'FILE_SEPERATOR', 'DATA_MODEL', 'LICENSE_HOST', 'LICENSE_PORT', 'TENANT'];

const input: Element = {
  name: 'input', presence: 'expected', repeatable: true,
  documentation: doc('One value that a person gives; a JavaScript variable of that name.', 'Une valeur donnée par une personne ; une variable JavaScript de ce nom.'),
  attributes: [
    attribute('name', 'inputName', 'required', 'hostName', doc('The variable’s name, unique in the profile.', 'Le nom de la variable, unique dans le profil.')),
    attribute('title', 'text', 'optional', 'Host', doc('The label of the field.', 'Le libellé du champ.')),
    attribute('type', 'inputType', 'optional', 'string', doc('The kind of the value; string when missing.', 'Le genre de la valeur ; string par défaut.'), { values: ['string', 'integer', 'boolean', 'password', 'selectOne', 'selectMultiple'], open: true }),
    attribute('default', 'text', 'optional', '4999', doc('The value shown at first.', 'La valeur affichée au départ.')),
    attribute('required', 'boolean', 'optional', 'true', doc('Whether it must be filled before Next.', 'Si elle doit être remplie avant Suivant.'), { values: ['true', 'false'] }),
    attribute('readonly', 'computed', 'optional', 'false', doc('Whether it cannot be changed; may be computed.', 'Si elle ne peut être modifiée ; peut être calculée.')),
    attribute('hidden', 'computed', 'optional', 'false', doc('Whether it is hidden; may be computed.', 'Si elle est masquée ; peut être calculée.')),
  ],
  children: [description],
};

const property: Element = {
  name: 'property', prefix: 'os', presence: 'optional', repeatable: true,
  documentation: doc('One entry of the silent file.', 'Une entrée du fichier silencieux.'),
  attributes: [
    attribute('section', 'text', 'required', 'IPCommon', doc('The section of the silent file.', 'La section du fichier silencieux.')),
    attribute('key', 'text', 'required', 'InstallPath', doc('The key.', 'La clé.')),
    attribute('value', 'text', 'required', '${INSTALL_BASE_PATH}', doc('The value.', 'La valeur.')),
    attribute('data', 'text', 'optional', '', doc('An object that goes along.', 'Un objet qui l’accompagne.')),
    attribute('result', 'variable', 'optional', 'written', doc('Variable that takes the result.', 'Variable qui reçoit le résultat.')),
  ],
};

const list: Element = {
  name: 'list', prefix: 'os', presence: 'optional', repeatable: true,
  documentation: doc('Parameters for the silent file.', 'Paramètres du fichier silencieux.'),
  attributes: [
    attribute('name', 'choice', 'required', 'silentInstall', doc('Must be silentInstall.', 'Doit valoir silentInstall.'), { values: ['silentInstall'] }),
    attribute('mode', 'choice', 'optional', 'merge', doc('clear or merge; without effect here.', 'clear ou merge ; sans effet ici.'), { values: ['clear', 'merge'] }),
  ],
  children: [property],
};

const installPackage: Element = {
  name: 'installPackage', prefix: 'os', presence: 'optional', repeatable: true,
  documentation: doc('Deploys a package to a host; the package is looked up by long name and version.', 'Déploie un package sur un hôte ; le package est trouvé par son nom complet et sa version.'),
  attributes: [
    attribute('appName', 'text', 'expected', 'StatServer_${host}', doc('The application object.', 'L’objet Application.')),
    attribute('host', 'text', 'expected', '${host}', doc('The host.', 'L’hôte.')),
    attribute('folder', 'text', 'optional', 'Applications/Segment_01', doc('Folder of the application object.', 'Dossier de l’objet Application.')),
    attribute('longName', 'text', 'expected', 'Stat Server', doc('The package’s full name.', 'Le nom complet du package.')),
    attribute('version', 'text', 'expected', '8.5.100.37', doc('The package’s version.', 'La version du package.')),
    attribute('tenantdbid', 'text', 'optional', '${tenant.dbid}', doc('DBID of the tenant.', 'DBID du locataire.')),
    attribute('skipIfInstalled', 'boolean', 'optional', 'true', doc('Whether an application that is there is left alone.', 'Si une application présente est laissée telle quelle.'), { values: ['true', 'false'] }),
    attribute('appPort', 'text', 'optional', '7000', doc('Port of the application.', 'Port de l’application.')),
  ],
  children: [list],
};

const execSql: Element = {
  name: 'execSQL', prefix: 'os', presence: 'optional', repeatable: true,
  documentation: doc('Runs SQL through a Database Access Point.', 'Exécute du SQL par un Database Access Point.'),
  attributes: [
    attribute('sql', 'text', 'expected', 'select 1', doc('The statement; may hold ${…} and ?.', 'L’instruction ; peut contenir ${…} et ?.')),
    attribute('dapdbid', 'text', 'expected', '${dap.dbid}', doc('DBID of the Database Access Point.', 'DBID du Database Access Point.')),
    attribute('result', 'variable', 'optional', 'rows', doc('Variable that takes the result.', 'Variable qui reçoit le résultat.')),
    attribute('blobfield', 'text', 'optional', 'DATA', doc('Name of the binary field.', 'Nom du champ binaire.')),
    attribute('file', 'text', 'optional', 'strategy.bin', doc('File with the binary data.', 'Fichier des données binaires.')),
  ],
};

/** Commands of which nothing but the name is public. */
const opaqueCommands: readonly Element[] = ([
  ['verifyHost', doc('Checks that a host name resolves.', 'Vérifie qu’un nom d’hôte se résout.')],
  ['verifyGDA', doc('Checks that Genesys Deployment Agent answers.', 'Vérifie que Genesys Deployment Agent répond.')],
  ['execShellCmd', doc('Runs a command on a host.', 'Exécute une commande sur un hôte.')],
  ['setEnvVar', doc('Sets an environment variable on a host.', 'Définit une variable d’environnement sur un hôte.')],
  ['getEnvVar', doc('Reads an environment variable of a host.', 'Lit une variable d’environnement d’un hôte.')],
  ['verifyEnvVar', doc('Checks an environment variable of a host.', 'Vérifie une variable d’environnement d’un hôte.')],
] as const).map(([name, documentation]) => ({ name, prefix: 'os', presence: 'optional', repeatable: true, anyContent: true, documentation, attributes: anyAttributes() }));

function anyAttributes(): readonly Attribute[] {
  return [
    attribute('host', 'text', 'optional', '${host}', doc('The host.', 'L’hôte.')),
    attribute('result', 'variable', 'optional', 'answer', doc('Variable that takes the result.', 'Variable qui reçoit le résultat.')),
  ];
}

const script: Element = {
  name: 'script', presence: 'optional', repeatable: true,
  documentation: doc('JavaScript; log(text) writes to the log.', 'JavaScript ; log(text) écrit dans le journal.'),
  text: { presence: 'optional', type: 'script', example: "log('ready');", documentation: doc('The script.', 'Le script.') },
};

const condition: Element = {
  name: 'if', presence: 'optional', repeatable: true,
  documentation: doc('Commands that run only when an expression holds.', 'Commandes exécutées seulement si une expression est vraie.'),
  attributes: [attribute('cond', 'expression', 'required', 'port > 1024', doc('A JavaScript expression.', 'Une expression JavaScript.'))],
  get children() {
    return commands;
  },
};

const commands: readonly Element[] = [description, script, condition, installPackage, execSql, ...opaqueCommands];

const profile: Element = {
  name: 'profile', presence: 'required', repeatable: true,
  documentation: doc('What can be run: dialogs, then an execution.', 'Ce qui peut être exécuté : des dialogues, puis une exécution.'),
  attributes: [attribute('name', 'choice', 'required', 'install', doc('The name of the profile.', 'Le nom du profil.'), { values: ['install', 'upgrade', 'rollback', 'uninstall'], open: true })],
  children: [
    description, summary,
    {
      name: 'dialog', presence: 'optional', repeatable: true,
      documentation: doc('One page of the wizard; later pages may use values of earlier ones.', 'Une page de l’assistant ; les pages suivantes peuvent utiliser les valeurs des précédentes.'),
      attributes: [attribute('title', 'text', 'optional', 'Hosts', doc('The title of the page.', 'Le titre de la page.'))],
      children: [description, input],
    },
    { name: 'execution', presence: 'expected', documentation: doc('What runs after the wizard.', 'Ce qui s’exécute après l’assistant.'), children: commands },
  ],
};

/** The elements and attributes of a solution package definition, from its root down. */
export const spdSchema: Element = {
  name: 'solutionDefinition', presence: 'required',
  documentation: doc('A solution package definition.', 'Une définition de package de solution.'),
  attributes: [attribute('version', 'schemaVersion', 'required', spdVersion, doc('Version of the schema; GAX refuses a newer first number than its own.', 'Version du schéma ; GAX refuse un premier nombre plus récent que le sien.'))],
  children: [
    // More than one is `spd.several-deployment-keys`.
    { ...textElement('deploymentkey', 'required', '${TENANT}', doc('Makes one deployment of the solution unique; exactly one.', 'Rend unique un déploiement de la solution ; exactement un.')), repeatable: true },
    textElement('name', 'expected', 'Stat servers', doc('The name in lists; name and version identify the definition.', 'Le nom dans les listes ; nom et version identifient la définition.')),
    textElement('version', 'expected', '1.0.0', doc('The version of the definition.', 'La version de la définition.')),
    description, summary, profile,
  ],
};
