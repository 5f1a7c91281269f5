// Runs a benchmark. usage: node scripts/bench.mjs NAME [options of the benchmark]
import { loadTool } from './developerTool.mjs';

const [name, ...args] = process.argv.slice(2);
const { run } = await loadTool('bench', name);
// What a tool waits for need not keep this process alive by itself.
const alive = setInterval(() => undefined, 60_000);
try {
  await run({ log: console.log, args });
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  clearInterval(alive);
}
