import assert from 'node:assert/strict';
import { maximumProblems } from '../../src/core/formats/problem';
import { diagnoseText } from '../../src/core/language/diagnose';
import { run as fuzz } from '../campaign/fuzz';
import { run as mutate } from '../campaign/mutate';

describe('campaigns of the formats, small', function () {
  this.timeout(30_000);

  it('fuzz: no parser throws, hangs or prints anything but what it read', () => fuzz({ count: 60, seed: 3, log: () => undefined }));
  it('mutate: nearly everything that is broken is reported on the right line', () => mutate({ count: 600, seed: 3, log: () => undefined }));
});

describe('a file with more of something than a call can have arguments', function () {
  this.timeout(60_000);

  for (const [what, format, text] of [
    ['options', 'metadataXml', `<metaData><cfgApplication type="23" version="1.0"><configuration><options><section name="a">${'<parameter name="x"/>'.repeat(130_000)}</section></options></configuration></cfgApplication></metaData>`],
    ['inputs', 'spd', `<solutionDefinition version="2.0.0"><profile name="install"><dialog>${'<input name="a"/>'.repeat(130_000)}</dialog></profile></solutionDefinition>`],
  ] as const) {
    it(`is read all the same: ${what}`, () => assert.equal(diagnoseText(format, text).length, maximumProblems));
  }
});
