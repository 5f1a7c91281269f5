import { tplMessages } from '../../../../../src/core/formats/tpl/messages';
import { describeRules } from '../../../../support/formats/describeRules';

describeRules({
  format: 'tpl',
  file: 'options.tpl',
  codes: Object.keys(tplMessages.en),
  breaks: [
    ['tpl.not-understood', 'rows=500', '⟦rows: 500⟧'],
    ['tpl.not-understood', '[reports]', '⟦rows=500⟧\n[reports]'],
    ['tpl.not-understood', /^[^]*$/, '⟦just words⟧'],
  ],
  nearMisses: [
    ['tpl.not-understood', 'rows=500', '  rows = = 500  '],
    ['tpl.not-understood', 'rows=500', ' ; rows: 500'],
  ],
});
