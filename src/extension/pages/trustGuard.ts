import { ProductError } from '../../core/errors';

/** A page shows what is locked in a window that is not trusted; a request that comes all the same is refused by what this answers with, as `general/bad-request`. */
export function createTrustGuard({ isTrusted }: { readonly isTrusted: () => boolean }): (method: string) => void {
  return (method) => {
    if (!isTrusted()) throw new ProductError('general/bad-request', { method, reason: 'this window is not trusted' });
  };
}
