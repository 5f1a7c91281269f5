import { mask } from '../core/text/mask';

export { mask };

/** Knows the secrets that are live in this process and takes them out of every text that leaves it. */
export interface Redactor {
  /** Remembers a secret until the returned function is called. Secrets shorter than 4 characters are not searched for in free text. */
  add(secret: string): () => void;
  redact(text: string): string;
}

/** Makes a redactor without secrets. */
export function createRedactor(): Redactor {
  const live = new Map<string, number>();
  return {
    add(secret) {
      live.set(secret, (live.get(secret) ?? 0) + 1);
      let forgotten = false;
      return () => {
        if (forgotten) return;
        forgotten = true;
        const count = (live.get(secret) ?? 1) - 1;
        if (count > 0) live.set(secret, count);
        else live.delete(secret);
      };
    },
    redact(text) {
      // Longest first: a secret that contains another one must not leave its rest behind.
      const secrets = [...live.keys()].filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
      return secrets.reduce((result, secret) => result.replaceAll(secret, mask), text);
    },
  };
}
