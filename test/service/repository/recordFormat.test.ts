import * as assert from 'node:assert/strict';
import { chainStart, encodeRecord, scanRecords } from '../../../src/service/repository/sqljs/recordFormat';

const payloads = ['{"first":1}', '{"second":"é"}', `{"third":"${'x'.repeat(1500)}"}`, '{"last":true}'].map((text) => Buffer.from(text));

function encodeAll(all: readonly Buffer[]): { bytes: Buffer; ends: number[] } {
  let previous = chainStart;
  const parts: Buffer[] = [];
  const ends: number[] = [];
  for (const payload of all) {
    const record = encodeRecord(previous, payload);
    previous = record.digest;
    parts.push(record.bytes);
    ends.push(Buffer.concat(parts).length);
  }
  return { bytes: Buffer.concat(parts), ends };
}

const { bytes, ends } = encodeAll(payloads);
const read = (file: Buffer) => scanRecords(file).records.map(({ payload }) => payload.toString());

describe('records of the log', () => {
  it('come back as they were written', () => {
    assert.deepEqual(read(bytes), payloads.map(String));
    assert.deepEqual(scanRecords(bytes).tail, { kind: 'none' });
    assert.equal(scanRecords(bytes).end, bytes.length);
  });

  it('give the records before the cut, and a torn tail, wherever the file is cut off', () => {
    for (let size = 0; size < bytes.length; size++) {
      const { records, tail } = scanRecords(bytes.subarray(0, size));
      const whole = ends.filter((end) => end <= size).length;
      assert.equal(records.length, whole, `cut at ${size}`);
      assert.equal(tail.kind, size === (ends[whole - 1] ?? 0) ? 'none' : 'torn', `cut at ${size}`);
    }
  });

  it('never give a record that differs, and call it damage, whichever bit is flipped', () => {
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = Buffer.from(bytes);
        flipped[at]! ^= 1 << bit;
        const { records, tail } = scanRecords(flipped);
        const intact = ends.filter((end) => end <= at).length;
        assert.equal(records.length, intact, `byte ${at}, bit ${bit}`);
        assert.equal(tail.kind, 'damaged', `byte ${at}, bit ${bit}`);
      }
    }
  });

  it('tell how many records are readable behind a damaged one', () => {
    const flipped = Buffer.from(bytes);
    flipped[ends[0]! + 30]! ^= 1;
    const { tail } = scanRecords(flipped);
    assert.ok(tail.kind === 'damaged');
    assert.deepEqual(tail.beyond.map(String), payloads.slice(2).map(String));
  });

  it('take sectors of zeros in the last record for a write that a loss of power cut off', () => {
    const torn = Buffer.from(bytes);
    torn.fill(0, 1024, bytes.length);
    assert.equal(scanRecords(torn).tail.kind, 'torn');
    assert.equal(scanRecords(torn).records.length, 2);
  });

  it('cannot be left out, moved or taken from another file', () => {
    const [first, second, third] = [bytes.subarray(0, ends[0]), bytes.subarray(ends[0], ends[1]), bytes.subarray(ends[1], ends[2])];
    assert.equal(read(Buffer.concat([first, third])).length, 1);
    assert.equal(read(Buffer.concat([first, third, second])).length, 1);
    const other = encodeAll([Buffer.from('{"other":0}'), payloads[1]!]);
    assert.equal(read(Buffer.concat([first, other.bytes.subarray(other.ends[0])])).length, 1);
  });
});
