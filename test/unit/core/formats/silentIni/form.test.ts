import assert from 'node:assert/strict';
import { silentIniFields } from '../../../../../src/core/formats/silentIni/form';
import { parseSilentIni } from '../../../../../src/core/formats/silentIni/parse';
import { isSecretKey, maskSecrets } from '../../../../../src/core/formats/silentIni/secrets';
import { mask } from '../../../../../src/core/text/mask';

const names = (text: string, options?: Parameters<typeof silentIniFields>[2]) =>
  silentIniFields(parseSilentIni(text), 'en', options).map((field) => `${field.section}/${field.key}${field.required ? '!' : ''}`);

describe('silentIniFields', () => {
  it('offers the keys that are set, known sections first, products’ own after them', () => {
    assert.deepEqual(names('[QRAgent]\nMode=1\n[IPCommon]\nDataModel=64\nInstallPath=/x\n'), ['IPCommon/InstallPath!', 'IPCommon/DataModel', 'QRAgent/Mode']);
  });

  it('adds what the installer needs and the file lacks', () => {
    assert.deepEqual(names(''), ['IPCommon/InstallPath!']);
    assert.deepEqual(names('', { licenseNeeded: true }), ['IPCommon/InstallPath!', 'License/LicenseAgreement!']);
    assert.deepEqual(names('[ConfigServer]\nxPassword=\n'), ['ConfigServer/Host!', 'ConfigServer/Port!', 'ConfigServer/User!', 'ConfigServer/xPassword']);
  });

  it('asks for the value of a placeholder', () => {
    const field = silentIniFields(parseSilentIni('[IPCommon]\nInstallPath=/x\n[QRAgent]\nMode=<1 or 2>\n'), 'en').find(({ key }) => key === 'Mode');
    assert.deepEqual(field, { section: 'QRAgent', key: 'Mode', value: '', secret: false, required: true });
  });

  it('never hands out a secret', () => {
    const field = silentIniFields(parseSilentIni('[ConfigServer]\nPassword=hunter2\n'), 'en').find(({ key }) => key === 'Password');
    assert.equal(field?.value, '');
    assert.equal(field.secret, true);
  });

  it('offers keys that the template has commented out on request', () => {
    const text = '[IPCommon]\nInstallPath=/x\n#DataModel=<Data model>\n';
    assert.deepEqual(names(text), ['IPCommon/InstallPath!']);
    assert.deepEqual(names(text, { includeCommented: true }), ['IPCommon/InstallPath!', 'IPCommon/DataModel']);
  });

  it('documents fields in the reader’s language and lists the values of a closed choice', () => {
    const dataModel = silentIniFields(parseSilentIni('[IPCommon]\nInstallPath=/x\nDataModel=64\n'), 'fr').find(({ key }) => key === 'DataModel');
    assert.deepEqual(dataModel?.allowed, ['32', '64']);
    assert.match(dataModel.documentation ?? '', /Largeur/);
  });
});

describe('isSecretKey', () => {
  it('knows the secrets of the schema and those that tell by their name, in any case', () => {
    for (const [section, key] of [['ConfigServer', 'Password'], ['ConfigServer', 'xPassword'], ['Database', 'Password'], ['Any', 'KEYSTORE_PASSWORD'], ['Any', 'dbPwd'], ['Any', 'ClientSecret']] as const) {
      assert.equal(isSecretKey(section, key), true, key);
    }
    for (const [section, key] of [['LCA', 'CertificateKey'], ['IPCommon', 'InstallPath'], ['Any', 'Passport']] as const) assert.equal(isSecretKey(section, key), false, key);
  });
});

describe('maskSecrets', () => {
  it('masks secrets in settings, misspelt settings and comments, and nothing else', () => {
    assert.equal(
      maskSecrets('[ConfigServer]\r\nUser=a\r\nPassword=s1\r\n xpassword = s2\r\n#Password=s3\r\n#xPassword=<xPassword>\r\nPassword=\r\n'),
      `[ConfigServer]\r\nUser=a\r\nPassword=${mask}\r\n xpassword =${mask}\r\n#Password=${mask}\r\n#xPassword=<xPassword>\r\nPassword=\r\n`,
    );
  });
});
