import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isProductError, ProductError } from '../../../src/core/errors';
import { cleanEnvironment } from '../../../src/service/client/startService';
import { copyServiceCode, sweepServiceCode } from '../../../src/service/lifecycle/codeCopy';
import { dataFolderAt, defaultDataFolder, prepareDataFolder } from '../../../src/service/lifecycle/dataFolder';
import { chooseEndpoint, listenOn, probeEndpoint, sweepEndpoints, type EndpointSurroundings } from '../../../src/service/lifecycle/endpoint';
import { createFileLog } from '../../../src/service/lifecycle/fileLog';
import { findNetworkMount, isShare, parseMountCommand, parseMountInfo } from '../../../src/service/lifecycle/networkFileSystem';
import { parseServiceArguments, printServiceArguments } from '../../../src/service/lifecycle/serviceArguments';
import { loadServiceKey } from '../../../src/service/lifecycle/serviceKey';
import { createRedactor } from '../../../src/service/redactor';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { until } from '../../support/until';

const uid = process.getuid?.() ?? 0;

describe('the places of the package service', () => {
  const folder = useTemporaryFolder();

  describe('its data folder', () => {
    it('is where each system keeps such things', () => {
      assert.equal(defaultDataFolder({}, 'linux', '/home/eva'), '/home/eva/.local/share/gaxpkg');
      assert.equal(defaultDataFolder({ XDG_DATA_HOME: '/srv/eva' }, 'linux', '/home/eva'), '/srv/eva/gaxpkg');
      assert.equal(defaultDataFolder({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/eva'), '/home/eva/.local/share/gaxpkg');
      assert.equal(defaultDataFolder({ XDG_DATA_HOME: '/snap/code/1/usr/share', XDG_DATA_HOME_VSCODE_SNAP_ORIG: '' }, 'linux', '/home/eva'), '/home/eva/.local/share/gaxpkg');
      assert.equal(defaultDataFolder({}, 'darwin', '/Users/eva'), '/Users/eva/Library/Application Support/gaxpkg');
      assert.equal(defaultDataFolder({ LOCALAPPDATA: 'C:\\Users\\eva\\AppData\\Local' }, 'win32', 'C:\\Users\\eva'), 'C:\\Users\\eva\\AppData\\Local\\gaxpkg');
    });

    it('is never on a network file system', () => {
      const mounts = parseMountInfo([
        '22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw',
        '30 22 0:40 / /home rw,relatime shared:2 - nfs4 server:/home rw,vers=4.2',
        '31 30 0:41 / /home/eva/local\\040disk rw - ext4 /dev/vdb1 rw',
        '32 22 0:42 / /mnt/c rw - 9p drvfs rw',
        '33 22 0:43 / /mnt/keys rw - fuse.gocryptfs keys rw',
        '34 22 0:44 / /mnt/far rw - fuse.sshfs host: rw',
      ].join('\n'));
      assert.equal(findNetworkMount('/var/data', mounts), undefined);
      assert.equal(findNetworkMount('/home/eva/data', mounts), 'nfs4');
      assert.equal(findNetworkMount('/homestead/data', mounts), undefined);
      assert.equal(findNetworkMount('/home/eva/local disk/data', mounts), undefined);
      assert.equal(findNetworkMount('/mnt/c/Users', mounts), '9p');
      assert.equal(findNetworkMount('/mnt/keys/a', mounts), undefined);
      assert.equal(findNetworkMount('/mnt/far/a', mounts), 'fuse.sshfs');
      assert.equal(findNetworkMount('/Volumes/x/data', parseMountCommand('/dev/disk1 on / (apfs, local)\n//a@b/x on /Volumes/x (smbfs, nodev)')), 'smbfs');
      assert.deepEqual([isShare('\\\\server\\share'), isShare('\\\\?\\UNC\\server\\share'), isShare('C:\\data'), isShare('\\\\?\\C:\\data')], [true, true, false, false]);
    });

    it('says why it cannot be made', () => {
      writeFileSync(join(folder(), 'file'), '');
      assert.throws(() => prepareDataFolder(join(folder(), 'file', 'data')), (error) =>
        isProductError(error, 'service/folder-unusable') && error.args['reason'] === 'ENOTDIR');
    });

    it('is closed to others even when it was open before', () => {
      mkdirSync(join(folder(), 'data/service'), { recursive: true });
      chmodSync(join(folder(), 'data/service'), 0o755);
      assert.equal(statSync(prepareDataFolder(join(folder(), 'data')).service).mode & 0o777, 0o700);
    });
  });

  describe('its endpoint', () => {
    const surroundings = (changes: Partial<EndpointSurroundings>): EndpointSurroundings =>
      ({ platform: 'linux', runtimeFolder: undefined, temporaryFolder: folder(), userId: uid, ...changes });
    const runtime = (mode: number): string => {
      mkdirSync(join(folder(), 'run'));
      chmodSync(join(folder(), 'run'), mode);
      return join(folder(), 'run');
    };

    it('is in the runtime folder where there is one of our own', () => {
      const path = chooseEndpoint(surroundings({ runtimeFolder: runtime(0o700) }));
      assert.equal(dirname(path), join(folder(), 'run/gaxpkg'));
      assert.equal(statSync(dirname(path)).mode & 0o777, 0o700);
    });

    it('is in the temporary folder where the runtime folder is open to others', () => {
      assert.equal(dirname(chooseEndpoint(surroundings({ runtimeFolder: runtime(0o755) }))), join(folder(), `gaxpkg-${uid}`));
    });

    it('has a path of at most 100 bytes, however long the folders are', () => {
      const long = join(folder(), 'é'.repeat(40));
      mkdirSync(long);
      const path = chooseEndpoint(surroundings({ temporaryFolder: long }));
      assert.ok(Buffer.byteLength(path) <= 100, path);
      assert.equal(dirname(path), `/tmp/gaxpkg-${uid}`);
    });

    it('is never in a folder that another one made', () => {
      const own = join(folder(), `gaxpkg-${uid}`);
      mkdirSync(own);
      chmodSync(own, 0o777);
      assert.throws(() => chooseEndpoint(surroundings({})), (error) => isProductError(error, 'service/endpoint-unusable'));
      rmSync(own, { recursive: true });
      symlinkSync(folder(), own);
      assert.throws(() => chooseEndpoint(surroundings({})), (error) => isProductError(error, 'service/endpoint-unusable'));
    });

    it('is a short random pipe name on Windows', () => {
      const [one, two] = [chooseEndpoint(surroundings({ platform: 'win32' })), chooseEndpoint(surroundings({ platform: 'win32' }))];
      assert.match(one, /^\\\\\.\\pipe\\gaxpkg-[0-9a-f]{16}$/);
      assert.notEqual(one, two);
    });

    it('clears away old sockets beside it that refuse, and no others', async () => {
      const [own, dead, young, live] = ['own', 'dead', 'young', 'live'].map((name) => join(folder(), name));
      const longAgo = new Date(Date.now() - 3600_000);
      for (const path of [dead!, young!]) {
        const { pid } = spawnSync(process.execPath, ['-e', 'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))', path]);
        assert.ok(pid > 0 && existsSync(path));
      }
      writeFileSync(join(folder(), 'note'), '');
      const listener = await listenOn(live!, () => undefined);
      try {
        for (const path of [dead!, live!, join(folder(), 'note')]) utimesSync(path, longAgo, longAgo);
        await sweepEndpoints(own!);
        assert.deepEqual(readdirSync(folder()).sort(), ['live', 'note', 'young']);
      } finally {
        listener.close();
      }
    });

    it('comes back when something removes its socket, with open connections kept', async () => {
      const path = join(folder(), 'own', 'x.sock');
      mkdirSync(dirname(path), { mode: 0o700 });
      const listener = await listenOn(path, (socket) => socket.pipe(socket), 20);
      try {
        rmSync(dirname(path), { recursive: true });
        assert.equal(await probeEndpoint(path), 'missing');
        await until(async () => (await probeEndpoint(path)) === 'accepts', 'the endpoint to come back');
      } finally {
        listener.close();
      }
      assert.equal(existsSync(path), false);
    });
  });

  describe('its key', () => {
    const keyFile = (): string => join(folder(), 'key');

    it('is made once, secret, and read by everybody after', () => {
      const key = loadServiceKey(keyFile());
      assert.equal(key.length, 32);
      assert.deepEqual(loadServiceKey(keyFile()), key);
      assert.equal(statSync(keyFile()).mode & 0o777, 0o600);
    });

    it('is refused when others could have read it, or when it is none', () => {
      loadServiceKey(keyFile());
      chmodSync(keyFile(), 0o640);
      assert.throws(() => loadServiceKey(keyFile()), (error) => isProductError(error, 'service/key-unusable') && String(error.args['reason']).includes('640'));
      chmodSync(keyFile(), 0o600);
      writeFileSync(keyFile(), 'short');
      assert.throws(() => loadServiceKey(keyFile()), (error) => isProductError(error, 'service/key-unusable'));
    });
  });

  describe('its code copy', () => {
    const source = (text: string): string => {
      const path = join(folder(), `source-${text}`);
      mkdirSync(path);
      writeFileSync(join(path, 'service.js'), text);
      writeFileSync(join(path, 'sql-wasm.wasm'), 'wasm');
      return path;
    };
    const data = () => prepareDataFolder(join(folder(), 'data'));

    it('is made once for equal code and anew for other code', () => {
      const one = copyServiceCode(source('a'), '1.0.0', data());
      assert.equal(copyServiceCode(join(folder(), 'source-a'), '1.0.0', data()), one);
      assert.notEqual(copyServiceCode(source('b'), '1.0.0', data()), one);
      assert.match(dirname(one), /1\.0\.0-[0-9a-f]{16}$/);
      assert.equal(readFileSync(one, 'utf8'), 'a');
      assert.equal(readdirSync(data().service).length, 2);
    });

    it('is mended when it is damaged', () => {
      const copy = copyServiceCode(source('a'), '1.0.0', data());
      writeFileSync(copy, 'broken');
      assert.equal(readFileSync(copyServiceCode(join(folder(), 'source-a'), '1.0.0', data()), 'utf8'), 'a');
      rmSync(join(dirname(copy), 'sql-wasm.wasm'));
      copyServiceCode(join(folder(), 'source-a'), '1.0.0', data());
      assert.equal(readFileSync(join(dirname(copy), 'sql-wasm.wasm'), 'utf8'), 'wasm');
      assert.equal(readdirSync(data().service).length, 1);
    });

    it('is swept away when it is old and not the running one', () => {
      const [old, running, young] = ['a', 'b', 'c'].map((text) => dirname(copyServiceCode(source(text), '1.0.0', data())));
      const longAgo = new Date(Date.now() - 48 * 3600 * 1000);
      for (const path of [old!, running!]) utimesSync(path, longAgo, longAgo);
      sweepServiceCode(data(), running!);
      assert.deepEqual([old, running, young].map((path) => existsSync(path!)), [false, true, true]);
    });
  });

  describe('its log', () => {
    it('hides secrets, keeps one line an entry, and says the causes', () => {
      const redactor = createRedactor();
      redactor.add('s3cr3t-word');
      const log = createFileLog({ file: join(folder(), 'log'), redactor });
      log.info('host', 'signed in with s3cr3t-word\nand more');
      log.error('host', 'failed', new ProductError('service/closed', { method: 's3cr3t-word' }, { cause: new Error('deep s3cr3t-word') }));
      const text = readFileSync(join(folder(), 'log'), 'utf8');
      assert.equal(text.split('\n').length, 3);
      assert.doesNotMatch(text, /s3cr3t/);
      assert.match(text, /service\/closed.*deep/);
    });

    it('grows to a limit', () => {
      const log = createFileLog({ file: join(folder(), 'log'), redactor: createRedactor(), maximumSize: 1000 });
      for (let i = 0; i < 100; i++) log.info('test', `entry ${i}`);
      assert.ok(statSync(join(folder(), 'log')).size <= 1000 && statSync(join(folder(), 'log.1')).size <= 1000);
      assert.match(readFileSync(join(folder(), 'log'), 'utf8'), /entry 99\n$/);
    });
  });

  it('gets arguments that mean the same on both sides', () => {
    const given = { data: '/a b', idleSeconds: 0.5, parentPid: 12 };
    assert.deepEqual(parseServiceArguments(printServiceArguments(given)), given);
    assert.deepEqual(parseServiceArguments(['--data', 'x']), { data: 'x', idleSeconds: undefined, parentPid: undefined });
    for (const wrong of [[], ['--data', 'x', '--idle-seconds', 'soon'], ['--data', 'x', '--other'], ['x']]) assert.equal(parseServiceArguments(wrong), undefined);
  });

  it('passes on what programs need of an environment, and nothing else', () => {
    const environment = { PATH: '/bin', Path: 'C:\\bin', HOME: '/home/eva', LC_ALL: 'C', SSH_AUTH_SOCK: '/s', AWS_SECRET_ACCESS_KEY: 'x', NODE_OPTIONS: '--inspect', LD_PRELOAD: 'x' };
    assert.deepEqual(Object.keys(cleanEnvironment(environment)), ['PATH', 'Path', 'HOME', 'LC_ALL']);
  });

  it('names its parts below the data folder', () => {
    const { path, service, repository, keyFile, logFile } = dataFolderAt(join(folder(), 'x', '..', 'data'));
    assert.deepEqual([service, repository, keyFile, logFile].map((part) => part.slice(path.length + 1)), ['service', 'repository', 'service/key', 'service/service.log']);
  });
});
