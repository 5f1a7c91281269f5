import assert from 'node:assert/strict';
import { parseResultLog } from '../../../../../src/core/formats/resultLog/parse';

const head = '[GenesysProductInfo]\nFile=ResultFile\nIPName=Queue Agent\nIPVersion=9.1.004.17\nIPBuildNumber=3\nIPLanguage=English (United States)\n';

describe('parseResultLog', () => {
  it('reads a success', () => {
    const { log, problems } = parseResultLog(`${head}[Result]\nResultCode=0\nError=\nReboot=N\n`);
    assert.deepEqual(problems, []);
    assert.deepEqual(log, {
      packageName: 'Queue Agent', version: '9.1.004.17', buildNumber: '3', language: 'English (United States)', resultCode: 0, error: '', reboot: false,
    });
  });

  it('reads an error that runs over several lines, whatever they look like', () => {
    const { log, problems } = parseResultLog(`${head}[Result]\r\nResultCode=1\r\nError=Not enough space.\r\n[Needed]\r\nResultCode=0\r\nReboot=later\r\nReboot=Y\r\n`);
    assert.deepEqual(problems, []);
    assert.equal(log.resultCode, 1);
    assert.equal(log.error, 'Not enough space.\n[Needed]\nResultCode=0\nReboot=later');
    assert.equal(log.reboot, true);
  });

  it('keeps the error of a log that breaks off behind it', () => {
    const { log } = parseResultLog(`${head}[Result]\nResultCode=1\nError=The host\nwas not found`);
    assert.equal(log.error, 'The host\nwas not found');
    assert.equal(log.reboot, false);
  });

  for (const [name, text] of [['an empty log', ''], ['a log that breaks off in its head', head.slice(0, 40)], ['a log without a code', `${head}[Result]\nError=x\n`]] as const) {
    it(`does not guess the result of ${name}`, () => {
      const { log, problems } = parseResultLog(text);
      assert.equal(log.resultCode, undefined);
      assert.deepEqual(problems.map((problem) => problem.code), ['resultLog.no-result']);
    });
  }

  it('points at a code that means nothing', () => {
    const text = `${head}[Result]\nResultCode=zero\nError=\nReboot=N\n`;
    const { log, problems } = parseResultLog(text);
    assert.equal(log.resultCode, undefined);
    assert.deepEqual(problems.map((problem) => text.slice(problem.start, problem.end)), ['zero']);
  });
});
