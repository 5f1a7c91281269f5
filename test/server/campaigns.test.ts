import { run as fuzz } from '../campaign/fuzz';
import { run as mutate } from '../campaign/mutate';

describe('campaigns of the formats, small', function () {
  this.timeout(30_000);

  it('fuzz: no parser throws, hangs or prints anything but what it read', () => fuzz({ count: 60, seed: 3, log: () => undefined }));
  it('mutate: nearly everything that is broken is reported on the right line', () => mutate({ count: 600, seed: 3, log: () => undefined }));
});
