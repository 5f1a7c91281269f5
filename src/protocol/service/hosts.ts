import * as v from 'valibot';
import type { ApplicationObject } from '../../core/deployment/model';
import type { Host } from '../../core/hosts/model';
import { isHostFolder } from '../../core/hosts/hostPath';
import type { ConfigAlias } from '../../core/hosts/sshConfig/aliases';
import type { ShownRoute } from '../../core/hosts/sshConfig/describeRoute';
import { mostTags, tagPattern } from '../../core/hosts/tags';
import { method } from '../method';
import { byId, id, name, nothing, text } from '../fields';

export const hostFolder = v.pipe(text, v.check((folder) => folder === '' || isHostFolder(folder), 'must be an absolute path of the host without blanks'));

const authentication = v.variant('kind', [
  v.strictObject({ kind: v.literal('sshConfig') }),
  v.strictObject({ kind: v.literal('agent') }),
  v.strictObject({ kind: v.literal('key'), keyFile: v.pipe(text, v.minLength(1, 'is empty')) }),
  v.strictObject({ kind: v.literal('password') }),
]);

const installUser = v.pipe(name, v.regex(/^[^\s/:-][^\s/:]*$/, 'must be the name of a user'));
export const installAs = v.variant('kind', [
  v.strictObject({ kind: v.literal('loginUser') }),
  v.strictObject({ kind: v.picklist(['sudo', 'sudoPassword', 'su']), user: installUser }),
]);

const tags = v.pipe(v.array(v.pipe(text, v.regex(tagPattern, 'must have no blank and no comma'))), v.maxLength(mostTags), v.readonly());

export const hostSettings = v.strictObject({
  name: v.pipe(name, v.regex(/^[^\s/\\]+$/, 'must have no blank and no slash')),
  address: v.pipe(text, v.regex(/^[\w.:%-]+$/, 'must be a DNS name, an IP address or a name of the SSH configuration')),
  port: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)),
  user: v.union([v.literal(''), v.pipe(name, v.regex(/^[^\s]+$/, 'must have no blank'))]),
  authentication,
  installAs: v.exactOptional(installAs),
  stagingFolder: hostFolder,
  lockFolder: hostFolder,
  tags: v.exactOptional(tags),
});

const newHost = v.strictObject({ ...hostSettings.entries, tenantId: v.optional(id) });

export const hostMethods = {
  'hosts/list': method<object, readonly Host[]>(nothing),
  /** `tenantId`: the tenant that owns it; default: the environment. It serves that tenant and all below. */
  'hosts/add': method<v.InferOutput<typeof newHost>, Host>(newHost),
  'hosts/edit': method<{ id: string; settings: v.InferOutput<typeof hostSettings>; tenantId?: string | undefined }, Host>(
    v.strictObject({ id, settings: hostSettings, tenantId: v.optional(id) }),
  ),
  'hosts/remove': method<{ id: string }, null>(byId),
  /** Connects, verifies the key, signs in and asks the host what it is. `acceptNewHostKey`: an unknown key is trusted without a question. */
  'hosts/test': method<{ id: string; acceptNewHostKey?: boolean | undefined }, Host>(
    v.strictObject({ id, acceptNewHostKey: v.optional(v.boolean()) }),
  ),
  /** Tags whose hosts ask for a typed confirmation before a deployment, for every client of the repository. */
  'hosts/protectedTags': method<object, readonly string[]>(nothing),
  /** Puts others in their place; the answer is what holds then. */
  'hosts/protect': method<{ tags: readonly string[] }, readonly string[]>(v.strictObject({ tags })),
  /** How a host would be reached, by the SSH configuration as it is now, with the line each value comes from. */
  'hosts/resolve': method<{ id: string }, ShownRoute>(byId),
  /** The names of the SSH configuration that stand for a host. */
  'hosts/aliases': method<object, readonly ConfigAlias[]>(nothing),

  'applications/list': method<object, readonly ApplicationObject[]>(nothing),
} as const;
