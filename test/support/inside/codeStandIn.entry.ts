/**
 * Stands in for a desktop VS Code where only the npm-hosted one is: takes the desktop's command-line options,
 * starts a host and a browser, and ends with the tests' exit code.
 */
import { openBrowser } from '../browser';
import { startVscodeHost } from '../vscodeHost';

const limitMs = 240_000;

function option(name: string): string {
  const found = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  if (found === undefined) throw new Error(`option --${name} is missing`);
  return found.slice(name.length + 3);
}

async function runTests(): Promise<number> {
  const host = await startVscodeHost({ allExtensions: true, automation: true });
  try {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const ended = new Promise<number>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`the tests did not end in ${limitMs} ms`)), limitMs);
        void page.exposeFunction('codeAutomationExit', (code: number) => {
          clearTimeout(timer);
          resolve(code);
        });
        // The workbench speaks much; without this sink it fails to speak.
        void page.exposeFunction('codeAutomationLog', () => undefined);
      });
      await page.goto(host.url({
        extensionDevelopmentPath: host.remote(option('extensionDevelopmentPath')),
        extensionTestsPath: host.remote(option('extensionTestsPath')),
      }));
      return await ended;
    } finally {
      await browser.close();
    }
  } finally {
    await host.stop();
  }
}

runTests().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
