import type { ExtensionParts } from '../../extensionParts';
import type { PageDefinition } from '../pageDefinition';

/** Every kind of page that this window can open. */
export function pageDefinitions(_parts: Omit<ExtensionParts, 'pages'>): readonly PageDefinition[] {
  return [];
}
