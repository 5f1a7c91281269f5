import type { Documentation } from '../documentation';
import type { XmlAttributeSchema, XmlElementSchema, XmlValueSchema } from '../xml/schema';

/** Kinds of values; the checks stand in `rules.ts`. */
export type MetadataValueType = 'text' | 'applicationType' | 'version' | 'boolean' | 'formatType' | 'ruleType' | 'number' | 'regex' | 'choice';

type Element = XmlElementSchema<MetadataValueType>;
type Attribute = XmlAttributeSchema<MetadataValueType>;

const doc = (en: string, fr: string): Documentation => ({ en, fr });

function attribute(name: string, type: MetadataValueType, presence: Attribute['presence'], example: string, documentation: Documentation, more: Partial<XmlValueSchema<MetadataValueType>> = {}): Attribute {
  return { name, type, presence, example, documentation, ...more };
}

const trueOrFalse = { values: ['true', 'false'] };

const description: Element = {
  name: 'description', presence: 'optional', anyContent: true,
  documentation: doc('What it is for, in free text; CDATA may hold HTML.', 'Son utilité, en texte libre ; un CDATA peut contenir du HTML.'),
};

const format: Element = {
  name: 'format', presence: 'expected',
  documentation: doc('The kind of the value and its default.', 'Le genre de la valeur et sa valeur par défaut.'),
  attributes: [
    attribute('type', 'formatType', 'required', 'string', doc('The kind of the value.', 'Le genre de la valeur.'), { values: ['boolean', 'numeric', 'string', 'chooseOne', 'chooseMultiple'], open: true }),
    attribute('default', 'text', 'expected', 'true', doc('The value of a new application; blanks at its ends count.', 'La valeur d’une nouvelle application ; les espaces aux extrémités comptent.')),
    attribute('emptyAllowed', 'boolean', 'optional', 'true', doc('Whether the value may be empty.', 'Si la valeur peut être vide.'), trueOrFalse),
    attribute('multiValueDelim', 'text', 'optional', ',', doc('What separates several values.', 'Ce qui sépare plusieurs valeurs.')),
    attribute('measure', 'text', 'optional', 's', doc('The unit of a number, e.g. s for seconds.', 'L’unité d’un nombre, par exemple s pour secondes.')),
  ],
  children: [{
    name: 'option', presence: 'optional', repeatable: true,
    documentation: doc('One choice of chooseOne or chooseMultiple.', 'Un choix de chooseOne ou chooseMultiple.'),
    attributes: [attribute('value', 'text', 'expected', 'all', doc('The value that is chosen.', 'La valeur choisie.'))],
  }],
};

const validation: Element = {
  name: 'validation', presence: 'optional',
  documentation: doc('Rules that a value must follow.', 'Les règles qu’une valeur doit suivre.'),
  children: [{
    name: 'rule', presence: 'optional', repeatable: true,
    documentation: doc('One rule: a range of numbers, or a regular expression.', 'Une règle : une plage de nombres ou une expression régulière.'),
    attributes: [
      attribute('type', 'ruleType', 'required', 'range', doc('range or regex.', 'range ou regex.'), { values: ['range', 'regex'], open: true }),
      attribute('min', 'number', 'optional', '0', doc('The lowest number of a range.', 'Le plus petit nombre d’une plage.')),
      attribute('max', 'number', 'optional', '3600', doc('The highest number of a range.', 'Le plus grand nombre d’une plage.')),
      attribute('isInteger', 'boolean', 'optional', 'true', doc('Whether the number must be whole.', 'Si le nombre doit être entier.'), trueOrFalse),
      attribute('regex', 'regex', 'optional', '^[A-Za-z0-9]*$', doc('The regular expression that the value must match.', 'L’expression régulière à laquelle la valeur doit répondre.')),
    ],
  }],
};

const parameter: Element = {
  name: 'parameter', presence: 'optional', repeatable: true,
  documentation: doc('One option, or one property of the application.', 'Une option, ou une propriété de l’application.'),
  attributes: [
    attribute('name', 'text', 'required', 'verbose', doc('The name, unique in its section.', 'Le nom, unique dans sa section.')),
    attribute('displayName', 'text', 'optional', 'Log - Verbosity', doc('What people read instead of the name.', 'Ce qu’on lit à la place du nom.')),
    ...([
      ['readOnly', doc('Whether the value cannot be changed.', 'Si la valeur ne peut pas être modifiée.')],
      ['hidden', doc('Whether people do not see it.', 'Si elle n’est pas montrée.')],
      ['enabled', doc('Whether it is in use.', 'Si elle est utilisée.')],
      ['mandatory', doc('Whether a value must be given.', 'Si une valeur est obligatoire.')],
    ] as const).map(([name, documentation]) => attribute(name, 'boolean', 'optional', 'false', documentation, trueOrFalse)),
  ],
  children: [
    description,
    { name: 'valid-description', presence: 'optional', anyContent: true, documentation: doc('Which values are valid, in free text.', 'Les valeurs permises, en texte libre.') },
    { name: 'effective-description', presence: 'optional', anyContent: true, documentation: doc('When a change takes effect.', 'Quand un changement prend effet.') },
    { name: 'value', presence: 'optional', anyContent: true, documentation: doc('A value that is set; often empty.', 'Une valeur définie ; souvent vide.') },
    format,
    validation,
    {
      name: 'groupsRef', presence: 'optional',
      documentation: doc('The groups in which it is shown.', 'Les groupes où elle est montrée.'),
      children: [{
        name: 'group', presence: 'optional', repeatable: true,
        documentation: doc('One group.', 'Un groupe.'),
        attributes: [attribute('groupId', 'text', 'required', 'groupMain', doc('The key of the group.', 'La clé du groupe.'), { values: ['groupMain', 'grpAdvSetup'], open: true })],
      }],
    },
  ],
};

const section: Element = {
  name: 'section', presence: 'optional', repeatable: true,
  documentation: doc('A section of options.', 'Une section d’options.'),
  attributes: [attribute('name', 'text', 'required', 'log', doc('The name of the section.', 'Le nom de la section.'))],
  children: [description, parameter],
};

const core: Element = {
  name: 'core', presence: 'optional',
  documentation: doc('Properties that every application has.', 'Les propriétés communes à toute application.'),
  children: [
    parameter,
    { name: 'startInfo', presence: 'optional', documentation: doc('How the program is started.', 'Le démarrage du programme.'), children: [parameter] },
    {
      name: 'portInfos', presence: 'optional', documentation: doc('The ports it listens on.', 'Les ports d’écoute.'),
      children: [{ name: 'port', presence: 'optional', repeatable: true, documentation: doc('One port.', 'Un port.'), children: [parameter] }],
    },
    { name: 'connections', presence: 'optional', anyContent: true, documentation: doc('Applications it connects to.', 'Les applications auxquelles elle se connecte.') },
  ],
};

const names = (named: string): readonly Attribute[] => [
  attribute('name', 'text', 'required', named, doc('The unique name.', 'Le nom unique.')),
  attribute('displayName', 'text', 'optional', 'Voice', doc('What people read.', 'Ce qu’on lit.')),
];

const task: Element = {
  name: 'task', presence: 'optional', repeatable: true,
  documentation: doc('One privilege.', 'Un privilège.'),
  attributes: names('Product.Voice.canUse'),
  children: [description],
};

const tasks: Element = {
  name: 'tasks', presence: 'optional',
  documentation: doc('Privileges that roles can hold.', 'Les privilèges que les rôles peuvent porter.'),
  attributes: [attribute('displayName', 'text', 'optional', 'Privileges', doc('What people read.', 'Ce qu’on lit.'))],
  children: [description, task, {
    name: 'group', presence: 'optional', repeatable: true,
    documentation: doc('A group of privileges.', 'Un groupe de privilèges.'),
    attributes: names('VoiceTasks'),
    children: [description, task],
  }],
};

/** The elements and attributes of a metadata template, from its root down. */
export const metadataXmlSchema: Element = {
  name: 'metaData', presence: 'required',
  documentation: doc('Metadata of an application template. Shipped files have no namespace.', 'Métadonnées d’un modèle d’application. Les fichiers livrés n’ont pas d’espace de noms.'),
  children: [{
    name: 'cfgApplication', presence: 'required',
    documentation: doc('The application that is made from the template.', 'L’application créée à partir du modèle.'),
    attributes: [
      attribute('type', 'applicationType', 'required', '157', doc('Number of the application type (CfgAppType).', 'Numéro du type d’application (CfgAppType).')),
      attribute('version', 'version', 'required', '8.5.145.06', doc('Full version of the product.', 'Version complète du produit.')),
      attribute('templateVersion', 'version', 'optional', '8.5.145.06', doc('Version of the template itself.', 'Version du modèle lui-même.')),
    ],
    children: [
      description,
      {
        name: 'configuration', presence: 'optional',
        documentation: doc('Properties, options and privileges.', 'Propriétés, options et privilèges.'),
        children: [
          core,
          { name: 'userProperties', presence: 'optional', documentation: doc('The annex of the object.', 'L’annexe de l’objet.'), children: [section] },
          { name: 'options', presence: 'optional', documentation: doc('The options, by section.', 'Les options, par section.'), children: [section] },
          tasks,
        ],
      },
      {
        name: 'installation', presence: 'optional',
        documentation: doc('How the product is installed.', 'L’installation du produit.'),
        children: [{
          name: 'step', presence: 'optional', repeatable: true,
          documentation: doc('One step of the installation.', 'Une étape de l’installation.'),
          attributes: [
            attribute('name', 'text', 'required', 'silentInstallation', doc('The name of the step.', 'Le nom de l’étape.')),
            attribute('displayName', 'text', 'optional', 'Silent installation', doc('What people read.', 'Ce qu’on lit.')),
            attribute('type', 'choice', 'expected', 'GenesysSilent', doc('GenesysSilent: the installer reads a silent.ini.', 'GenesysSilent : le programme d’installation lit un silent.ini.'), { values: ['GenesysSilent'], open: true }),
          ],
          children: [description, parameter],
        }],
      },
    ],
  }],
};
