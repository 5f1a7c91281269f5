import { deepEqual, equal } from 'node:assert/strict';
import type { PageChannel } from '../../src/extension/pages/servePage';
import { pageKinds } from '../../src/protocol/page/page';
import { openPageBrowser, type PageBrowser } from '../support/page/openPage';

describe('every page', function () {
  this.timeout(60_000);
  let browser: PageBrowser;
  before(async () => {
    browser = await openPageBrowser();
  });
  after(() => browser.close());

  for (const kind of pageKinds) {
    it(`${kind} keeps its subject with the tab and loads under its policy without a complaint`, async () => {
      const subject = { id: 'package-1', tenantId: 'environment' };
      const opened = await browser.open({ kind, subject, serve: silent });
      await opened.page.locator('#loading').waitFor({ state: 'detached' });
      deepEqual((await opened.state() as { subject: unknown }).subject, subject);
      deepEqual(opened.complaints, []);
      await opened.close();
    });
  }

  it('runs no script but its own and asks no other address', async () => {
    const opened = await browser.open({ kind: 'importWizard', serve: silent });
    await opened.page.locator('#loading').waitFor({ state: 'detached' });
    await opened.page.evaluate(() => {
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/x.png';
      const script = document.createElement('script');
      script.textContent = 'window.intruder = true';
      document.body.append(image, script);
    });
    equal(await opened.page.evaluate(() => 'intruder' in window), false);
    equal(opened.complaints.filter((line) => line.includes('Content Security Policy')).length >= 2, true, opened.complaints.join('\n'));
    await opened.close();
  });
});

function silent(channel: PageChannel): void {
  channel.onMessage(() => undefined);
}
