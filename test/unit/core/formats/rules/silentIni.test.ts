import { silentIniMessages } from '../../../../../src/core/formats/silentIni/messages';
import { parseSilentIni } from '../../../../../src/core/formats/silentIni/parse';
import { checkSilentIni } from '../../../../../src/core/formats/silentIni/rules';
import { describeRules } from '../../../../support/formats/describeRules';
import { goodFile } from '../../../../support/formats/goodFiles';

const linux = 'linux.genesys_silent.ini';
const configServer = 'configserver.genesys_silent.ini';
const windows = 'windows.genesys_silent.ini';
/** Rules that only speak when the package is known. */
const ofPackage = ['silentIni.not-in-package'];

describeRules({
  format: 'silentIni',
  file: linux,
  codes: Object.keys(silentIniMessages.en).filter((code) => !ofPackage.includes(code)),
  breaks: [
    ['silentIni.text-outside-section', '# Answers', '⟦Host=x⟧\n# Answers'],
    ['silentIni.bad-section-line', '[vpMediaControl]', '⟦[vpMediaControl] ⟧'],
    ['silentIni.bad-section-line', '[vpMediaControl]', '⟦ [vpMediaControl]⟧'],
    ['silentIni.empty-section', '[vpMediaControl]', '⟦[Extra]⟧\n[vpMediaControl]'],
    ['silentIni.repeated-section', '; [LCA]', '⟦[vpMediaControl]⟧\nGreeting=Hello\n; [LCA]'],
    ['silentIni.section-case', '[vpMediaControl]', '⟦[vpmediacontrol]⟧'],
    ['silentIni.indented-comment', '; [LCA]', '⟦ ; [LCA]⟧'],
    ['silentIni.no-equals', 'VoiceXML=yes', 'VoiceXML=yes\n⟦Greeting: none⟧'],
    ['silentIni.blank-around-key', 'AudioFormat=', '⟦AudioFormat ⟧='],
    ['silentIni.blank-around-value', 'DataModel=64', 'DataModel=⟦ 64⟧'],
    ['silentIni.blank-in-text', 'Greeting=Welcome', 'Greeting=⟦Welcome ⟧'],
    ['silentIni.repeated-key', 'VoiceXML=yes', 'VoiceXML=yes\n⟦AudioFormat⟧=Ulaw'],
    ['silentIni.key-case', 'DataModel=64', '⟦Datamodel⟧=64'],
    ['silentIni.misspelt-key', 'DataModel=64', '⟦DateModel⟧=64'],
    ['silentIni.unknown-key', 'DataModel=64', 'DataModel=64\n⟦Colour⟧=red'],
    ['silentIni.required-key', /\[ConfigServer\]\nHost=.*\n/, '⟦[ConfigServer]⟧\n'],
    ['silentIni.required-key', /\[License\][^]*AccessType=.*\nHost=.*\n/, '⟦[License]⟧\nLicenseAgreement=Accepted\nAccessType=LicenseManager\n'],
    ['silentIni.required-key', '[Database]\nHost=db-01.example.net', '⟦[Database]⟧', configServer],
    ['silentIni.required-value', 'User=deployer', '⟦User=⟧'],
    ['silentIni.placeholder', 'InstallPath=/opt/genesys/media', 'InstallPath=⟦<Absolute path>⟧'],
    ['silentIni.value-not-allowed', 'UseLicense=Required', 'UseLicense=⟦required⟧'],
    ['silentIni.value-not-known', 'Engine=PostgreSQL', 'Engine=⟦MySQL⟧', configServer],
    ['silentIni.bad-port', 'Port=7260', 'Port=⟦72600⟧'],
    ['silentIni.bad-port', 'Port=2020', 'Port=⟦0⟧'],
    ['silentIni.bad-host', 'Host=lm-01.example.net', 'Host=⟦lm_01⟧'],
    ['silentIni.bad-host', 'Host=cfg-01.example.net', 'Host=⟦cfg 01⟧'],
    ['silentIni.install-path-relative', 'InstallPath=/opt/genesys/media', 'InstallPath=⟦opt/media⟧'],
    ['silentIni.install-path-home', 'InstallPath=/opt/genesys/media', 'InstallPath=⟦~/media⟧'],
    ['silentIni.install-path-dots', 'InstallPath=/opt/genesys/media', 'InstallPath=⟦/opt/../media⟧'],
    ['silentIni.both-passwords', 'Password=\n', 'xPassword=aa11\n⟦Password⟧=""\n', linux],
    ['silentIni.plain-password', 'Password=\n', 'Password=⟦secret⟧\n'],
  ],
  nearMisses: [
    ['silentIni.text-outside-section', '# Answers', '#Host=x\n\n# Answers'],
    ['silentIni.bad-section-line', '[vpMediaControl]', '# [vpMediaControl] x\n[vpMediaControl]'],
    ['silentIni.empty-section', '[vpMediaControl]', '[Extra]\nA=\n[vpMediaControl]'],
    ['silentIni.repeated-section', '; [LCA]', '#[vpMediaControl]\n; [LCA]'],
    ['silentIni.section-case', '[vpMediaControl]', '[vpMediaControls]'],
    ['silentIni.indented-comment', 'Greeting=Welcome', 'Greeting=;Welcome'],
    ['silentIni.no-equals', 'VoiceXML=yes', 'VoiceXML=yes\nExtra=='],
    ['silentIni.blank-around-key', 'Greeting=Welcome', 'Greeting=Well come'],
    ['silentIni.blank-around-value', 'InstallPath=/opt/genesys/media', 'InstallPath=/opt/my media'],
    ['silentIni.blank-in-text', 'Greeting=Welcome', 'Greeting=Wel  come'],
    ['silentIni.repeated-key', '[License]', '[Other]\nDataModel=32\n\n[License]'],
    ['silentIni.key-case', 'Greeting=Welcome', 'greeting=Welcome'],
    ['silentIni.misspelt-key', 'Greeting=Welcome', 'AudioFormats=Welcome'],
    ['silentIni.unknown-key', 'Greeting=Welcome', 'Colour=red'],
    ['silentIni.required-key', /\[ConfigServer\][^[]*/, ''],
    ['silentIni.required-value', 'Password=', 'xPassword=', linux],
    ['silentIni.placeholder', 'Greeting=Welcome', 'Greeting=<<Welcome> all>'],
    ['silentIni.value-not-allowed', 'UseLicense=Required', 'UseLicense='],
    ['silentIni.value-not-known', 'Engine=PostgreSQL', 'Engine=MsSQL', configServer],
    ['silentIni.bad-port', 'Port=7260', 'Port=65535'],
    ['silentIni.bad-host', 'Host=lm-01.example.net', 'Host=10.0.0.12'],
    ['silentIni.install-path-relative', 'C:\\Program Files', '\\\\server\\share', windows],
    ['silentIni.install-path-home', 'Greeting=Welcome', 'Greeting=~/x'],
    ['silentIni.install-path-dots', 'InstallPath=/opt/genesys/media', 'InstallPath=/opt/media.d/v1.2'],
    ['silentIni.both-passwords', 'Password=\n', 'Password=\nxPassword=aa11\n', linux],
    ['silentIni.plain-password', 'Password=\n', 'xPassword=aa11\n', linux],
  ],
});

describeRules({
  format: 'silentIni',
  file: linux,
  codes: ofPackage,
  diagnose: (text) => checkSilentIni(parseSilentIni(text), { known: parseSilentIni(goodFile(linux).text) }),
  breaks: [['silentIni.not-in-package', 'Greeting=Welcome', '⟦Farewell⟧=Bye']],
  nearMisses: [['silentIni.not-in-package', '; [LCA]', '[LCA]\nUseGDA=Use\n; [LCA]']],
});
