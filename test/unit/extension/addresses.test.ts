import { deepEqual, equal } from 'node:assert/strict';
import { parseAddress } from '../../../src/core/hosts/address';
import { logUriParts, printLogPath } from '../../../src/extension/documents/logUri';

describe('the address of a host as a person writes it', () => {
  it('is a name or an address, with a port where one is said', () => {
    deepEqual(parseAddress(' eu-mcp-01.example '), { address: 'eu-mcp-01.example', port: 0 });
    deepEqual(parseAddress('10.0.0.1:2222'), { address: '10.0.0.1', port: 2222 });
    deepEqual(parseAddress('fe80::1%eth0'), { address: 'fe80::1%eth0', port: 0 });
    deepEqual(parseAddress('[fe80::1]:2022'), { address: 'fe80::1', port: 2022 });
    deepEqual(parseAddress('[fe80::1]'), { address: 'fe80::1', port: 0 });
  });

  it('is nothing else', () => {
    for (const text of ['', 'two words', 'host:0', 'host:70000', '-oProxyCommand=x', 'a/b', 'user@host']) equal(parseAddress(text), undefined, text);
  });
});

describe('the address of a log', () => {
  it('keeps deployment and host, whatever the title holds', () => {
    for (const address of [{ id: 'deployment-1' }, { id: 'deployment-1', hostId: 'host-2' }]) deepEqual(logUriParts({ path: printLogPath(address, 'A/B: ~C') }), address);
  });
});
