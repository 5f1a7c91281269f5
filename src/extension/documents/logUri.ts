/** What the address of a log says: a deployment, and the host whose lines alone are shown. */
export interface LogAddress {
  readonly id: string;
  readonly hostId?: string;
}

/**
 * The path of a log's address: `/gax-deployment-log/<deployment>/<title>`, or with `~<host>` after the deployment. The
 * folder tells the editor the language, the title is what a tab shows.
 */
export function printLogPath({ id, hostId }: LogAddress, title: string): string {
  return `/gax-deployment-log/${id}${hostId === undefined ? '' : `~${hostId}`}/${title.replaceAll('/', '∕')}`;
}

/** The inverse of {@link printLogPath}. */
export function logUriParts({ path }: { readonly path: string }): LogAddress {
  const [id = '', hostId] = (path.split('/')[2] ?? '').split('~');
  return hostId === undefined ? { id } : { id, hostId };
}
