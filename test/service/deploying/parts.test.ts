import assert from 'node:assert/strict';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import type { DeploymentEvent, DeploymentEventBody } from '../../../src/core/deployment/model';
import { mask } from '../../../src/core/text/mask';
import { createEventWriter } from '../../../src/service/deploying/eventWriter';
import { filterTar } from '../../../src/service/deploying/filterTar';
import { createLimiter } from '../../../src/service/limiter';
import { createOutputLines } from '../../../src/service/deploying/outputLines';
import { createRedactor } from '../../../src/service/redactor';

describe('the output of an installer', () => {
  it('is cut into lines of plain text, whatever pieces it comes in', () => {
    const { lines, told } = outputLines();
    for (const piece of ['on', 'e\ntw', 'o\r', '\n10 %\r20 %\r', '\u001b[31mred\u001b[0m\n\nrest']) lines.add('stdout', piece);
    lines.add('stderr', 'oops\n');
    lines.end();
    assert.deepEqual(told, ['stdout one', 'stdout two', 'stdout 10 %', 'stdout 20 %', 'stdout red', 'stdout ', 'stderr oops', 'stdout rest']);
    assert.deepEqual(lines.last(), ['10 %', '20 %', 'red', 'oops', 'rest']);
  });

  it('is limited in lines a second, and what is left out is counted once it flows again', () => {
    let time = 0;
    const { lines, told } = outputLines(() => time);
    for (let i = 0; i < 5000; i++) lines.add('stdout', 'x'.repeat(9) + '\n');
    assert.equal(told.length, 2000);
    time = 1000;
    lines.add('stdout', 'again\n');
    assert.deepEqual(told.slice(2000), ['left out 30000', 'stdout again']);
  });

  it('cannot fill the memory with a line that never ends', () => {
    const { lines, told } = outputLines();
    for (let i = 0; i < 1000; i++) lines.add('stdout', 'y'.repeat(1000));
    lines.end();
    assert.ok(told.length > 100 && told.every((line) => line.length <= 4007));
  });

  function outputLines(now?: () => number) {
    const told: string[] = [];
    const lines = createOutputLines({ line: (stream, text) => told.push(`${stream} ${text}`), leftOut: (bytes) => told.push(`left out ${bytes}`) }, now);
    return { lines, told };
  }
});

describe('the writer of events', () => {
  it('stores in order, several at once while one call is under way, and tells only of what is stored', async () => {
    const calls: number[] = [];
    const told: number[] = [];
    const writer = createWriter(calls, told);
    await Promise.all([1, 2, 3, 4].map((n) => writer.append(output(String(n)))));
    assert.deepEqual(calls, [1, 3]);
    assert.deepEqual(told, [1, 2, 3, 4]);
  });

  it('masks secrets in all that came from elsewhere, and leaves its own words alone', async () => {
    const stored: DeploymentEventBody[] = [];
    const redactor = createRedactor();
    redactor.add('install');
    redactor.add('geheim');
    const writer = createEventWriter({
      redactor, deploymentId: 'd', onStored: () => undefined,
      repository: { appendDeploymentEvents: (_, bodies) => { stored.push(...bodies); return Promise.resolve([]); } },
    });
    await writer.append(
      { type: 'stepStarted', host: 'install', step: 'install' }, output('is geheim!'), { type: 'fact', host: 'h', name: 'x', value: 'geheim', args: { a: 'geheim', n: 1 } },
      { type: 'hostEnded', host: 'h', state: 'failed', error: { code: 'deploy/installer-error', args: { message: 'geheim' }, causes: ['geheim'] }, left: ['/geheim'] },
    );
    assert.deepEqual(stored[0], { type: 'stepStarted', host: 'install', step: 'install' });
    assert.ok(!JSON.stringify(stored).includes('geheim'));
    assert.equal(JSON.stringify(stored).split(mask).length - 1, 6);
  });

  it('stores nothing more after a failure, and says so to everyone', async () => {
    const calls: number[] = [];
    const writer = createWriter(calls, [], new Error('full'));
    await assert.rejects(writer.append(output('a')), { message: 'full' });
    await assert.rejects(writer.append(output('b')), { message: 'full' });
    assert.equal(calls.length, 1);
  });

  function createWriter(calls: number[], told: number[], failure?: Error) {
    let sequence = 0;
    return createEventWriter({
      redactor: createRedactor(), deploymentId: 'd',
      onStored: (events) => told.push(...events.map((event) => event.sequence)),
      repository: {
        appendDeploymentEvents: (_, bodies) => {
          calls.push(bodies.length);
          if (failure) return Promise.reject(failure);
          return Promise.resolve(bodies.map((body): DeploymentEvent => ({ ...body, sequence: ++sequence, at: '' })));
        },
      },
    });
  }

  function output(text: string): DeploymentEventBody {
    return { type: 'output', host: 'h', stream: 'stdout', text };
  }
});

describe('the limit of hosts at a time', () => {
  it('lets the next in when one leaves, in order, and forgets those who give up', async () => {
    const limiter = createLimiter(1);
    const never = new AbortController().signal;
    const entered: string[] = [];
    const leaveFirst = await limiter.enter(never);
    const giveUp = new AbortController();
    const second = limiter.enter(giveUp.signal);
    const third = limiter.enter(never).then((leave) => {
      entered.push('third');
      return leave;
    });
    giveUp.abort(new Error('gave up'));
    await assert.rejects(second, { message: 'gave up' });
    assert.deepEqual(entered, []);
    leaveFirst();
    leaveFirst();
    (await third)();
    assert.deepEqual(entered, ['third']);
    (await limiter.enter(never))();
  });
});

describe('a tar of only some files', () => {
  it('has those files, and every folder and link', async () => {
    const whole = pack();
    const long = `ip/${'deep/'.repeat(60)}é.txt`;
    whole.entry({ name: './ip/', type: 'directory' });
    whole.entry({ name: './ip/a', mode: 0o755 }, 'content of a');
    whole.entry({ name: 'ip/b' }, 'content of b');
    whole.entry({ name: long }, 'deep');
    whole.entry({ name: 'ip/link', type: 'symlink', linkname: 'b' });
    whole.finalize();
    const found: string[] = [];
    const entries = extract();
    entries.on('entry', (header, content, next) => {
      let text = '';
      content.on('data', (part) => (text += String(part)));
      content.on('end', () => {
        found.push([header.type, header.name, header.mode.toString(8), header.linkname, text].filter(Boolean).join(' '));
        next(null);
      });
    });
    await pipeline(filterTar(whole as AsyncIterable<Uint8Array>, new Set(['ip/a', long])), entries);
    assert.deepEqual(found, ['directory ./ip/ 755', 'file ./ip/a 755 content of a', `file ${long} 644 deep`, 'symlink ip/link 644 b']);
  });

  it('fails as its source does', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(512);
      await Promise.resolve();
      throw new Error('volume is damaged');
    }
    await assert.rejects(async () => {
      for await (const part of filterTar(broken(), new Set())) assert.ok(part);
    }, { message: 'volume is damaged' });
  });
});
