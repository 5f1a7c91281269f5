// Runs a long randomised test, which npm test runs with a small count. usage: node scripts/campaign.mjs NAME [--count N] [--seed S]
import { endWithUsage, loadTool, takeNumber } from './developerTool.mjs';

const args = process.argv.slice(2);
const count = takeNumber(args, 'count');
const seed = takeNumber(args, 'seed') ?? Math.floor(Math.random() * 2 ** 31);
const [name, ...rest] = args;
if (rest.length > 0) endWithUsage(`unknown: ${rest.join(' ')}`);

const { run } = await loadTool('campaign', name);
const again = `npm run campaign -- ${name}${count === undefined ? '' : ` --count ${count}`} --seed ${seed}`;
console.log(`campaign ${name}, seed ${seed}`);
// What a tool waits for need not keep this process alive by itself.
const alive = setInterval(() => undefined, 60_000);
try {
  await run({ ...(count !== undefined && { count }), seed, log: console.log });
  console.log(`campaign ${name} passed (seed ${seed})`);
} catch (error) {
  console.error(error);
  console.error(`campaign ${name} FAILED; again with: ${again}`);
  process.exitCode = 1;
} finally {
  clearInterval(alive);
}
