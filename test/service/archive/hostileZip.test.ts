import { crc32ByTable } from '../../../src/service/archive/crc32';
import { expectRefusal } from './support/expectRefusal';
import { zipCases } from './support/zipCases';

describe('a hostile or damaged zip is refused, by name and place', () => {
  for (const hostile of zipCases) it(hostile.title, () => expectRefusal(hostile));

  it('the checksum of a zip is the one everybody uses', () => {
    // The check value of CRC-32/ISO-HDLC.
    if (crc32ByTable(Buffer.from('123456789'), 0) !== 0xcbf43926) throw new Error('wrong CRC-32');
  });
});
