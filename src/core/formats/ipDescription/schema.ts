import type { XmlElementSchema } from '../xml/schema';

/** What a value must look like; the checks stand in `rules.ts`. */
export type IpValueType = 'text' | 'formatVersion' | 'version' | 'date' | 'integer' | 'locale' | 'osGroup' | 'osType' | 'osVersion';

type IpElementSchema = XmlElementSchema<IpValueType>;

const languageName: IpElementSchema = {
  name: 'Name', presence: 'optional',
  documentation: { en: 'The language in words.', fr: 'La langue en toutes lettres.' },
  text: {
    presence: 'optional', type: 'text', example: 'English (United States)',
    documentation: { en: 'The language in words; the result log repeats it.', fr: 'La langue en toutes lettres ; le journal de résultat la reprend.' },
  },
};

const product: IpElementSchema = {
  name: 'Product', presence: 'required',
  documentation: { en: 'The product inside the package.', fr: 'Le produit contenu dans le package.' },
  attributes: [
    {
      name: 'License', presence: 'expected', type: 'text', example: 'NotRequired',
      documentation: {
        en: 'NotRequired, or anything else when the product needs a license.',
        fr: 'NotRequired, ou toute autre valeur si le produit nécessite une licence.',
      },
    },
    {
      name: 'AppClass', presence: 'optional', type: 'text', example: 'Application',
      documentation: { en: 'Application for a program, SDK for a library.', fr: 'Application pour un programme, SDK pour une bibliothèque.' },
    },
  ],
  children: [
    {
      name: 'Release', presence: 'required', attributeOrder: true,
      documentation: { en: 'The release of the product.', fr: 'La version du produit.' },
      attributes: [
        {
          name: 'Version', presence: 'required', type: 'version', example: '8.5.100.37',
          documentation: {
            en: 'Four dotted numbers; the first two name the family.',
            fr: 'Quatre nombres séparés par des points ; les deux premiers désignent la famille.',
          },
        },
        {
          name: 'BuildDate', presence: 'expected', type: 'date', example: '2016-09-13',
          documentation: { en: 'The day of the build, year-month-day.', fr: 'Le jour de la compilation, année-mois-jour.' },
        },
        {
          name: 'BuildNumber', presence: 'expected', type: 'integer', example: '1',
          documentation: { en: 'The number after the b of the archive name.', fr: 'Le numéro qui suit le b du nom d’archive.' },
        },
        {
          name: 'Type', presence: 'expected', type: 'text', example: 'General',
          documentation: { en: 'The kind of release, e.g. General or Hot Fix.', fr: 'Le type de version, par exemple General ou Hot Fix.' },
        },
      ],
    },
    {
      name: 'Name', presence: 'required',
      documentation: { en: 'The names of the product.', fr: 'Les noms du produit.' },
      children: [
        {
          name: 'Long', presence: 'required',
          documentation: { en: 'The name lists show.', fr: 'Le nom affiché dans les listes.' },
          text: {
            presence: 'required', type: 'text', example: 'Local Control Agent',
            documentation: { en: 'The name lists show.', fr: 'Le nom affiché dans les listes.' },
          },
        },
        {
          name: 'Nickname', presence: 'required',
          documentation: { en: 'The short, stable key of the product.', fr: 'La clé courte et stable du produit.' },
          text: {
            presence: 'required', type: 'text', example: 'LCA',
            documentation: {
              en: 'The short, stable key of the product; usually the name of its section in silent.ini.',
              fr: 'La clé courte et stable du produit ; en général le nom de sa section dans silent.ini.',
            },
          },
        },
      ],
    },
    {
      name: 'Language', presence: 'required',
      documentation: { en: 'The language of the package.', fr: 'La langue du package.' },
      attributes: [
        {
          name: 'LocaleId', presence: 'required', type: 'locale', example: 'ENU',
          documentation: { en: 'Three capital letters, e.g. ENU.', fr: 'Trois lettres majuscules, par exemple ENU.' },
        },
      ],
      children: [languageName],
    },
    {
      name: 'Description', presence: 'optional',
      documentation: { en: 'What the product does.', fr: 'Ce que fait le produit.' },
      text: {
        presence: 'optional', type: 'text', example: 'Starts and watches the programs of a host.',
        documentation: { en: 'What the product does, in free text.', fr: 'Ce que fait le produit, en texte libre.' },
      },
    },
    {
      name: 'ReleaseNotes', presence: 'optional',
      documentation: { en: 'Where the release notes are.', fr: 'L’emplacement des notes de version.' },
      attributes: [
        {
          name: 'Place', presence: 'optional', type: 'text', example: 'Web',
          documentation: { en: 'Where the release notes are kept.', fr: 'L’endroit où sont conservées les notes de version.' },
        },
        {
          name: 'WebDBId', presence: 'optional', type: 'text', example: '.',
          documentation: { en: 'Their key in the vendor’s web database.', fr: 'Leur clé dans la base web de l’éditeur.' },
        },
        {
          name: 'FileName', presence: 'optional', type: 'text', example: 'release_notes.html',
          documentation: { en: 'Their file name.', fr: 'Leur nom de fichier.' },
        },
      ],
    },
  ],
};

const platforms: IpElementSchema = {
  name: 'Platforms', presence: 'required',
  documentation: { en: 'The systems the package is made for.', fr: 'Les systèmes auxquels le package est destiné.' },
  attributes: [
    {
      name: 'OSGroupName', presence: 'required', type: 'osGroup', example: 'linux',
      documentation: { en: 'The family of operating systems, e.g. linux or windows.', fr: 'La famille de systèmes, par exemple linux ou windows.' },
    },
  ],
  children: [
    {
      name: 'Computer', presence: 'expected', repeatable: true,
      documentation: { en: 'One kind of computer.', fr: 'Un type d’ordinateur.' },
      attributes: [
        {
          name: 'Type', presence: 'required', type: 'text', example: 'Intel EM64T',
          documentation: { en: 'The kind of computer; tells the bit width.', fr: 'Le type d’ordinateur ; indique la largeur en bits.' },
        },
      ],
      children: [
        {
          name: 'OS', presence: 'expected', repeatable: true,
          documentation: { en: 'One operating system that is supported.', fr: 'Un système d’exploitation pris en charge.' },
          attributes: [
            {
              name: 'Name', presence: 'required', type: 'text', example: 'Red Hat Enterprise Linux',
              documentation: { en: 'The name of the system.', fr: 'Le nom du système.' },
            },
            {
              name: 'CfgOSType', presence: 'optional', type: 'osType', example: '16',
              documentation: {
                en: 'Its number in Configuration Server; newer systems have none.',
                fr: 'Son numéro dans Configuration Server ; les systèmes récents n’en ont pas.',
              },
            },
            {
              name: 'Version', presence: 'optional', type: 'osVersion', example: '7',
              documentation: {
                en: 'The lowest version; the installer stops only when the host is below every listed one.',
                fr: 'La version minimale ; l’installation ne s’arrête que si l’hôte est en dessous de toutes celles indiquées.',
              },
            },
          ],
        },
      ],
    },
  ],
};

const installationProgram: IpElementSchema = {
  name: 'InstallationPgm', presence: 'optional',
  documentation: { en: 'The installer itself.', fr: 'Le programme d’installation lui-même.' },
  children: [
    {
      name: 'Release', presence: 'optional',
      documentation: { en: 'The version of the installer.', fr: 'La version du programme d’installation.' },
      attributes: [
        {
          name: 'Version', presence: 'optional', type: 'version', example: '8.5.000.03',
          documentation: { en: 'Four dotted numbers.', fr: 'Quatre nombres séparés par des points.' },
        },
        {
          name: 'Date', presence: 'optional', type: 'date', example: '2019-10-23',
          documentation: { en: 'Its day, year-month-day.', fr: 'Son jour, année-mois-jour.' },
        },
      ],
    },
    {
      name: 'Name', presence: 'optional',
      documentation: { en: 'The names of the installer.', fr: 'Les noms du programme d’installation.' },
      children: ['Long', 'Nickname'].map((name) => ({
        name, presence: 'optional',
        documentation: { en: 'A name of the installer.', fr: 'Un nom du programme d’installation.' },
      })),
    },
    {
      name: 'Language', presence: 'optional',
      documentation: { en: 'The language of the installer.', fr: 'La langue du programme d’installation.' },
      attributes: [
        {
          name: 'LocaleId', presence: 'optional', type: 'locale', example: 'ENU',
          documentation: { en: 'Three capital letters, e.g. ENU.', fr: 'Trois lettres majuscules, par exemple ENU.' },
        },
      ],
      children: [languageName],
    },
  ],
};

/** The elements and attributes of `ip_description.xml`, from its root down. */
export const ipDescriptionSchema: IpElementSchema = {
  name: 'InstallationPackage', presence: 'required',
  documentation: { en: 'An installation package.', fr: 'Un package d’installation.' },
  attributes: [
    {
      name: 'FormatVersion', presence: 'expected', type: 'formatVersion', example: '8.0',
      documentation: { en: 'The version of this format; the installer wants 4.0 or later.', fr: 'La version de ce format ; le programme d’installation exige 4.0 ou plus.' },
    },
  ],
  children: [product, platforms, installationProgram],
};
