// Prepares and runs the test suites. usage: node scripts/test.mjs [--coverage] [suite…]      suites: lint, unit, service, server, webview, host
// Last line: `N passed, N failed, N skipped`. With CI=true a suite that lacks a part of the system has failed.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { prepare, provideSystemParts, root, systemParts } from './prepare.mjs';
import { canRunVscodeHost, installVscodeHost } from './vscodeHost.mjs';

const isCi = process.env.CI === 'true';
const built = path.join(root, 'dist/test');
const limitMinutes = 20;
const mostLanes = 4;

const suites = [
  { name: 'lint', parts: [], run: runLint },
  { name: 'unit', parts: [], run: runTogether },
  { name: 'service', parts: ['sshd', 'installUsers'], run: runSideBySide },
  { name: 'server', parts: [], run: runTogether },
  { name: 'webview', parts: ['chromium', 'fonts'], run: runSideBySide },
  { name: 'host', parts: ['sshd', 'chromium', 'fonts', 'vscode'], run: runHost },
];

/** `unsteady`: failed beside other tests and passed alone. `failures`: what each failure says, of unsteady ones as well. */
const nothing = { passed: 0, failed: 0, skipped: 0, unsteady: 0, failures: [] };
const add = (a, b) => ({
  passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped, unsteady: (a.unsteady ?? 0) + (b.unsteady ?? 0),
  failures: [...(a.failures ?? []), ...(b.failures ?? [])],
});

function listTests(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && item.name.endsWith('.test.js'))
    .map((item) => path.join(item.parentPath ?? item.path, item.name))
    .sort();
}

/**
 * Runs a program as the leader of a process group and ends the group with it: nothing of a suite outlives the suite.
 * Its output goes to the terminal, or all of it to `print` when the program has ended.
 */
function runGroup(args, environment, print) {
  return new Promise((resolve) => {
    const stdio = print === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(process.execPath, args, { cwd: root, detached: process.platform !== 'win32', stdio, env: { ...process.env, ...environment } });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
    const end = (signal) => {
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
      } catch {
        // Gone already.
      }
    };
    const limit = setTimeout(() => {
      console.error(`\nThis suite did not end in ${limitMinutes} minutes.`);
      end('SIGKILL');
    }, limitMinutes * 60_000);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
      const forward = () => {
        end(signal);
        process.exitCode = 1;
      };
      process.on(signal, forward);
      return () => process.off(signal, forward);
    });
    const finish = (status) => {
      clearTimeout(limit);
      for (const off of signals) off();
      end('SIGKILL');
      print?.(Buffer.concat(output).toString());
      resolve(status);
    };
    child.once('error', () => finish(1));
    child.once('close', (code) => finish(code ?? 1));
  });
}

/** Runs a program that writes its numbers to the file GAX_TEST_RESULT; a run without numbers has failed. */
async function runCounted(args, print) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gtr-'));
  const resultFile = path.join(folder, 'result.json');
  try {
    const status = await runGroup(args, { GAX_TEST_RESULT: resultFile }, print);
    if (!fs.existsSync(resultFile)) {
      console.error('\nThis suite ended without a result.');
      return { ...nothing, failed: 1, failures: [`no result of ${args.map((arg) => path.relative(root, arg)).join(' ')}`] };
    }
    const result = JSON.parse(fs.readFileSync(resultFile, 'utf8'));
    return status !== 0 && result.failed === 0 ? { ...result, failed: 1 } : result;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function runFiles(files, print) {
  const hooks = path.join(built, 'support/rootHooks.js');
  return runCounted([
    '--enable-source-maps', path.join(root, 'node_modules/mocha/bin/mocha.js'), '--forbid-only', '--reporter', path.join(root, 'scripts/testReporter.cjs'),
    ...(fs.existsSync(hooks) ? ['--require', hooks] : []), ...files,
  ], print);
}

/** Jobs with a failure that are run once more. When more fail, something is broken and not unsteady. */
const mostAgain = 4;

/**
 * Of a job with failures: the files to run again, and the numbers of the others. All files when it is not known which of
 * them failed.
 */
function splitFailed(files, result) {
  const failed = files.filter((file) => result.files?.[file]?.failed > 0);
  const known = failed.reduce((sum, file) => sum + result.files[file].failed, 0);
  if (known !== result.failed) return { failed: files, passed: nothing };
  return { failed, passed: files.filter((file) => !failed.includes(file)).reduce((sum, file) => add(sum, result.files[file] ?? nothing), nothing) };
}

/**
 * Runs jobs, as many at a time as the machine has cores. Files with a failure are run again when all others have ended:
 * what fails only beside others is counted and named, so that somebody mends it, and hides nothing that is broken.
 * @param jobs test files, and what runs some of them
 */
async function runJobs(jobs, lanes = Math.min(os.availableParallelism(), mostLanes)) {
  const waiting = [...jobs];
  const failed = [];
  let total = nothing;
  const print = (output) => process.stdout.write(output);
  const runLane = async () => {
    for (let job = waiting.shift(); job !== undefined && process.exitCode === undefined; job = waiting.shift()) {
      const result = await job.run(job.files, print);
      if (result.failed > 0) failed.push({ job, result });
      else total = add(total, result);
    }
  };
  await Promise.all(Array.from({ length: lanes }, runLane));
  for (const { job, result } of failed) {
    if (failed.length > mostAgain || process.exitCode !== undefined) {
      total = add(total, result);
      continue;
    }
    console.log(`\n--- again, alone: ${result.failed} failed beside others`);
    const split = splitFailed(job.files, result);
    const again = await job.run(split.failed, print);
    total = add(add(total, split.passed), again.failed === 0 ? { ...again, unsteady: result.failed, failures: result.failures } : again);
  }
  return total;
}

/** All files in one process: right for what is over in seconds. */
function runTogether({ name }) {
  return runFiles(listTests(path.join(built, name)));
}

/** Files that take longest begin first, so that no core waits for them in the end. */
const longest = ['campaigns', 'lifecycle', 'deploying', 'ssh', 'importing', 'cli', 'pseudoLocale'];
/** Files of a folder that share a process: starting one takes as long as many a file, and the last one runs alone. */
const filesInTurn = 3;

/** A few files of a folder in a process, as many processes at a time as keep the cores busy: a test of whole programs also waits. */
function runSideBySide({ name, parts }) {
  const folder = path.join(built, name);
  const lanes = Math.min(os.availableParallelism(), mostLanes) + (parts.includes('chromium') ? 0 : 1);
  return runJobs(fileJobs(listTests(folder), folder), lanes);
}

function fileJobs(files, folder) {
  const begin = (file) => longest.findIndex((each) => path.relative(folder, file).startsWith(each));
  const place = (file) => (begin(file) < 0 ? longest.length : begin(file));
  const jobs = [];
  for (const file of [...files].sort((a, b) => place(a) - place(b))) {
    const last = jobs.at(-1);
    if (last !== undefined && last.length < filesInTurn && path.dirname(last[0]) === path.dirname(file)) last.push(file);
    else jobs.push([file]);
  }
  return jobs.map((group) => ({ files: group, run: runFiles }));
}

/** Of the files that share an editor, the longest first. */
const longestInEditor = ['deployWizard', 'deployProfiles', 'mainJob', 'importMethods', 'details', 'importWizard', 'tasks', 'packageList', 'secrets', 'deployProgress'];
/** Their last part wants an editor in French: in one process they have it together. */
const together = ['deployWizard', 'deployProfiles'];
/** Files that look at the editor from outside and share none: they have one of their own kind. */
const alone = ['start', 'package', 'french'];

/** What shares an editor, in as many processes as run at a time; what has one of its own; and what runs inside the extension host. */
function runHost({ name }) {
  const folder = path.join(built, name);
  const inside = listTests(path.join(folder, 'inside'));
  const nameOf = (file) => path.basename(file, '.test.js');
  const outside = listTests(folder).filter((file) => !inside.includes(file));
  const place = (file) => (longestInEditor.includes(nameOf(file)) ? longestInEditor.indexOf(nameOf(file)) : longestInEditor.length);
  const sharing = outside.filter((file) => !alone.includes(nameOf(file))).sort((a, b) => place(a) - place(b));
  const groups = Array.from({ length: Math.min(os.availableParallelism(), mostLanes) }, () => []);
  const shortest = () => groups.reduce((least, group) => (group.length < least.length ? group : least));
  for (const file of sharing) (together.includes(nameOf(file)) ? groups[0] : shortest()).push(file);
  return runJobs([
    ...groups.map((files) => ({ files, run: runFiles })),
    ...outside.filter((file) => alone.includes(nameOf(file))).reverse().map((file) => ({ files: [file], run: runFiles })),
    { files: inside, run: (files, print) => runCounted([path.join(built, 'support/inside/main.entry.js'), ...files], print) },
  ].filter(({ files }) => files.length > 0));
}

/** Reads code and starts nothing, so it runs beside the suites that leave a core to it; its output comes in one piece. */
function runLint(_suite, print) {
  return runCounted([path.join(root, 'scripts/lint.mjs')], print);
}

/** Gets what a suite needs; answers what is still missing, as sentences. */
function provide(parts) {
  const missing = provideSystemParts(parts.filter((part) => part !== 'vscode')).map((part) => `${systemParts[part].name}: ${systemParts[part].how}`);
  if (!parts.includes('vscode')) return missing;
  if (!canRunVscodeHost()) return [...missing, 'the npm-hosted VS Code: it runs on Linux x64 alone'];
  // Welcome, not needed: without them the npm-hosted VS Code writes no log file of its extension host.
  provideSystemParts(['compilers']);
  try {
    installVscodeHost({ log: console.log });
    return missing;
  } catch (error) {
    return [...missing, `the npm-hosted VS Code: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Says which lines ran, in text and as pages below coverage/; needs the raw counts that Node wrote. */
async function reportCoverage() {
  const c8 = path.join(root, 'node_modules/c8/bin/c8.js');
  await runGroup([c8, 'report', '--temp-directory', rawCoverage, '--reporter', 'text', '--reporter', 'html', '--exclude', 'node_modules/**', '--exclude', 'test/**'], {});
}

const asked = process.argv.slice(2).filter((argument) => argument !== '--coverage');
const rawCoverage = process.argv.includes('--coverage') ? path.join(root, 'coverage/raw') : undefined;
if (rawCoverage !== undefined) {
  fs.rmSync(rawCoverage, { recursive: true, force: true });
  process.env.NODE_V8_COVERAGE = rawCoverage;
}
const unknown = asked.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`No such suite: ${unknown.join(', ')}. Suites: ${suites.map((suite) => suite.name).join(', ')}`);
  process.exit(2);
}

await prepare();
let total = nothing;
const summary = [];

function report(suite, started, result) {
  total = add(total, result);
  summary.push(`${suite.name.padEnd(8)} ${String(result.passed).padStart(5)} passed ${String(result.failed).padStart(4)} failed ${String(result.skipped).padStart(4)} skipped   ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

const chosen = suites.filter(({ name }) => asked.length === 0 || asked.includes(name));
/** Room for one failure among the last lines. */
const failureLength = 400;

/** What runs beside the present suite. */
let beside;
for (const suite of chosen) {
  if (process.exitCode !== undefined) break;
  // A folder without tests is no suite yet.
  if (suite.name !== 'lint' && listTests(path.join(built, suite.name)).length === 0) continue;
  // A browser keeps every core busy.
  if (suite.parts.includes('chromium')) await beside;
  const started = Date.now();
  if (suite.name === 'lint' && chosen.length > 1) {
    let said = '';
    beside = suite.run(suite, (output) => {
      said = output;
    }).then((result) => {
      console.log(`\n=== ${suite.name}\n${said.trimEnd()}`);
      report(suite, started, result);
    });
    continue;
  }
  console.log(`\n=== ${suite.name}`);
  const missing = provide(suite.parts);
  let result;
  if (missing.length > 0) {
    console.error(`Suite ${suite.name} cannot run here. It lacks:\n${missing.map((line) => `  ${line}`).join('\n')}`);
    result = isCi ? { ...nothing, failed: 1, failures: [`suite ${suite.name} lacks ${missing.join('; ')}`] } : { ...nothing, skipped: 1 };
  } else {
    result = await suite.run(suite);
  }
  report(suite, started, result);
}
await beside;
if (rawCoverage !== undefined) {
  delete process.env.NODE_V8_COVERAGE;
  await reportCoverage();
}
for (const failure of total.failures) console.log(`\nFailed: ${failure.slice(0, failureLength)}`);
console.log(`\n${summary.join('\n')}`);
if (total.unsteady > 0) console.log(`${total.unsteady} failed beside other tests and passed alone (“again, alone” above): mend them.`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
if (total.failed > 0 || total.passed === 0) process.exitCode = 1;
