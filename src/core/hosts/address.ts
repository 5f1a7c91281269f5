/** Address and port (0: none is said) as a person writes them: `name`, `10.0.0.1:2222`, `[fe80::1]:2222`, `fe80::1`. Undefined: neither a name nor an address. */
export function parseAddress(text: string): { readonly address: string; readonly port: number } | undefined {
  const trimmed = text.trim();
  const bracketed = /^\[([\w.:%-]+)\](?::(\d+))?$/.exec(trimmed);
  const plain = /^([\w.-]+):(\d+)$/.exec(trimmed);
  const parts = bracketed ?? plain;
  const address = parts?.[1] ?? trimmed;
  const port = Number(parts?.[2] ?? 0);
  return isAddress(address) && (parts?.[2] === undefined || isPort(port)) ? { address, port } : undefined;
}

/** A DNS name or an IP address, by its characters; whether it exists is known to the network alone. */
export function isAddress(text: string): boolean {
  return /^[\w.:%-]{1,4096}$/.test(text) && !text.startsWith('-');
}

/** A TCP port. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
