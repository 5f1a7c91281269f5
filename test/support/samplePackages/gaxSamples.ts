import { archiveBaseName, type SampleDescription } from './description';
import { pathOnlySilentIni, plugInSample, reporting, tarSample, windowsEntries, type Sample } from './samples';
import { commonOptions } from './templates';

const gax: SampleDescription = {
  name: 'Genesys Administrator Extension', nickname: 'GAX', version: '9.0.000.15', buildNumber: '1', buildDate: '2024-01-15', osGroup: 'linux',
  computerTypes: ['Intel EM64T'], description: 'Administers a site from a browser.',
};

const onWindows: SampleDescription = { ...reporting('9.0.001.12'), osGroup: 'windows' };

/** GAX, and what goes into it beside `samples.plugIn`. */
export const gaxSamples = {
  /** With the folder that plug-ins go into, and one option that the plug-in brings as well. */
  gax: tarSample(gax, {
    silentIni: pathOnlySilentIni('/opt/genesys/gax'),
    templates: [{
      name: 'GAX_900', applicationType: 184, version: '9.0.000.15',
      options: { ...commonOptions, general: { inactivity_timeout: '600' }, reporting: { 'refresh-interval': '30' } },
    }],
    product: [{ path: 'webapp/' }, { path: 'webapp/WEB-INF/' }, { path: 'webapp/WEB-INF/lib/' }, { path: 'webapp/WEB-INF/lib/gax-core.jar', content: 'The core.\n' }],
  }),
  /** A newer version of the plug-in, with an option more and some less. */
  plugInNewer: plugInSample('9.0.002.01', '[reporting]\nrefresh-interval = 90\nmaximum-rows = 9000\ncolumns = 12\n'),
  /** The plug-in for Windows: its installer finds GAX by itself. */
  plugInWindows: {
    fileName: `${archiveBaseName(onWindows)}.zip`, format: 'zip', unixModes: false, description: onWindows,
    entries: () => Promise.resolve([
      ...windowsEntries(onWindows, 'C:\\GCTI\\gax-sample-reporting'),
      { path: 'templates/gax_sample_reporting.tpl', content: '[reporting]\r\nrefresh-interval = 60\r\n' },
    ]),
  },
} satisfies Record<string, Sample>;
