/** Words of descriptions; long enough that no two neighbours repeat each other. */
const words = 'the number of calls that an agent handles at once before new ones wait in a queue of their group and how long they do so when nobody answers'.split(' ');

/**
 * A metadata template of about `size` characters with that many options in sections of thirty-five, as large products ship
 * them: every kind of value, rules, HTML in descriptions. Nothing is wrong with it.
 */
export function largeMetadata(options = 700, size = 600_000): string {
  const sections: string[] = [];
  const perSection = 35;
  const empty = optionOf(0, 0).length;
  const length = Math.max(0, Math.floor(size / options) - empty);
  for (let first = 0; first < options; first += perSection) {
    const inside = Array.from({ length: Math.min(perSection, options - first) }, (_, i) => optionOf(first + i, length));
    sections.push(`        <section name="section-${first / perSection}">\n${inside.join('')}        </section>\n`);
  }
  return `<!-- Options of a large product. -->
<metaData>
  <cfgApplication type="23" version="9.1.004.17" templateVersion="9.1.004.17">
    <description>A large product.</description>
    <configuration>
      <options>
${sections.join('')}      </options>
      <tasks displayName="Privileges"><task name="Large.canUse" displayName="Use"/></tasks>
    </configuration>
    <installation><step name="silentInstallation" displayName="Silent" type="GenesysSilent"/></installation>
  </cfgApplication>
</metaData>
`;
}

const kinds: readonly string[] = [
  '<format type="numeric" default="90" measure="s"/>\n            <validation><rule type="range" min="1" max="3600" isInteger="true"/></validation>',
  '<format type="string" default="abc-1"/>\n            <validation><rule type="regex" regex="^[a-z0-9-]*$"/></validation>',
  '<format type="boolean" default="true"/>',
  '<format type="chooseOne" default="oldest"><option value="oldest"/><option value="newest"/><option value="random"/></format>',
  '<format type="chooseMultiple" default="mon, tue" multiValueDelim=","><option value="mon"/><option value="tue"/><option value="wed"/></format>',
];

function optionOf(index: number, descriptionLength: number): string {
  return `          <parameter name="queue.${index}.limit" displayName="Queue - Limit ${index}" mandatory="${index % 2 === 0}">
            <description><![CDATA[${descriptionOf(index, descriptionLength)}]]></description>
            <valid-description>Any <tt>value</tt> of its kind</valid-description>
            <effective-description>At the next interaction.</effective-description>
            ${kinds[index % kinds.length] ?? ''}
            <groupsRef><group groupId="${index % 3 === 0 ? 'grpAdvSetup' : 'groupMain'}"/></groupsRef>
          </parameter>
`;
}

function descriptionOf(index: number, length: number): string {
  let text = '<ul><li>';
  for (let i = index; text.length < length - 10; i++) text += `${words[i % words.length] ?? ''} `;
  return `${text.trimEnd()}</li></ul>`;
}

/** JSON of about `size` characters with that many properties of the schema, and the schema. */
export function largeJson(options = 700, size = 600_000): { readonly text: string; readonly schema: object } {
  const length = Math.max(0, Math.floor(size / options) - 260);
  const one = (index: number) => ({
    name: `queue.${index}.limit`, displayName: `Queue - Limit ${index}`, mandatory: index % 2 === 0, description: descriptionOf(index, length),
    validDescription: 'Any value of its kind', type: 'numeric', default: 90, min: 1, max: 3600, group: index % 3 === 0 ? 'grpAdvSetup' : 'groupMain',
  });
  const text = JSON.stringify({ type: 23, version: '9.1.004.17', options: Array.from({ length: options }, (_, i) => one(i)) }, undefined, 1);
  const described = (type: string, more = {}) => ({ type, description: `A ${type} of an option.`, ...more });
  return {
    text,
    schema: {
      type: 'object', required: ['type', 'version', 'options'],
      properties: {
        type: described('integer'), version: described('string', { pattern: '^\\d+(\\.\\d+)+$' }),
        options: {
          type: 'array',
          items: {
            type: 'object', required: ['name', 'type', 'default'], additionalProperties: false,
            properties: {
              name: described('string'), displayName: described('string'), mandatory: described('boolean'), description: described('string'), validDescription: described('string'),
              type: described('string', { enum: ['boolean', 'numeric', 'string', 'chooseOne', 'chooseMultiple'] }), default: described('number'), min: described('number'), max: described('number'),
              group: described('string', { enum: ['groupMain', 'grpAdvSetup'] }),
            },
          },
        },
      },
    },
  };
}
