import { resultLogMessages } from '../../../../../src/core/formats/resultLog/messages';
import { parseResultLog } from '../../../../../src/core/formats/resultLog/parse';
import { describeRuleCases } from '../../../../support/formats/describeRules';

describeRuleCases({
  format: 'resultLog',
  good: '[GenesysProductInfo]\nFile=ResultFile\nIPName=Queue Agent\n[Result]\nResultCode=0\nError=\nReboot=N\n',
  diagnose: (text) => parseResultLog(text).problems,
  codes: Object.keys(resultLogMessages.en),
  breaks: [
    ['resultLog.no-result', /^[^]*$/, '⟦[GenesysProductInfo]\nIPName=Queue⟧'],
    ['resultLog.bad-code', 'ResultCode=0', 'ResultCode=⟦2⟧'],
  ],
  nearMisses: [
    ['resultLog.no-result', 'Error=\nReboot=N\n', 'Error='],
    ['resultLog.bad-code', 'ResultCode=0', 'ResultCode=1'],
  ],
});
