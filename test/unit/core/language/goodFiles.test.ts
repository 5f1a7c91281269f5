import assert from 'node:assert/strict';
import { isPluginTemplate } from '../../../../src/core/formats/tpl/recognize';
import { diagnoseBytes } from '../../../../src/core/language/diagnose';
import { recognizeFormat } from '../../../../src/core/language/recognizeFormat';
import { goodApd, goodFile, goodFiles } from '../../../support/formats/goodFiles';

describe('files with nothing wrong', () => {
  for (const { name, format, bytes } of goodFiles()) {
    it(`of which ${name} is one (${format}) get no diagnostic`, () => assert.deepEqual(diagnoseBytes(format, bytes), []));
  }

  it('are there for every format', () => {
    assert.deepEqual([...new Set(goodFiles().map((file) => file.format))].sort(), ['apd', 'ipDescription', 'metadataXml', 'silentIni', 'spd', 'tpl']);
  });
});

describe('a .tpl', () => {
  const xml = goodFile('Dialer_91.xml').bytes;
  const codes = (bytes: Uint8Array) => diagnoseBytes('tpl', bytes).map((problem) => problem.code);

  it('is judged by its content: metadata, an application template, option text', () => {
    assert.deepEqual(codes(xml), []);
    assert.deepEqual(codes(new TextEncoder().encode('<metaData><cfgApplication type="x" version="1.0"/></metaData>')), ['metadataXml.bad-type']);
    assert.deepEqual(codes(goodApd()), []);
    assert.deepEqual(codes(Uint8Array.of(...goodApd(), 0)), ['apd.trailing-bytes']);
    assert.deepEqual(codes(new TextEncoder().encode('nothing of all that')), ['tpl.not-understood']);
  });

  it('of XML that nobody knows is held to be XML only', () => {
    assert.deepEqual(codes(new TextEncoder().encode('<gaxOptions><a b="1"/></gaxOptions>')), []);
    assert.deepEqual(codes(new TextEncoder().encode('<gaxOptions><a b="1"></gaxOptions>')), ['xml.unclosed-element']);
  });
});

describe('isPluginTemplate', () => {
  for (const [beginning, expected] of [
    ['\ufeff# options\r\n\r\n[plug-in]\r\nsize = 10\r\n', true],
    ['  [a.b c]', true],
    ['<?xml version="1.0"?>\n<!-- x -->\n<m:metaData>', true],
    ['<html>{$title}</html>', false],
    ['<metaDataSet/>', false],
    ['{include file="a.tpl"}\n[a]\n', false],
    ['[{$x}]\n', false],
    ['size = 10\n[a]\n', false],
    ['', false],
  ] as const) {
    it(`${expected ? 'takes' : 'leaves'} ${JSON.stringify(beginning)}`, () => assert.equal(isPluginTemplate(beginning), expected));
  }
});

describe('recognizeFormat', () => {
  for (const [path, beginning, expected] of [
    ['ip/genesys_silent.ini', '', 'silentIni'],
    ['C:\\work\\LCA.genesys_silent.ini', '', 'silentIni'],
    ['answers.ini', '# x\r\n[IPCommon]\r\n', 'silentIni'],
    ['php.ini', '[PHP]\n', undefined],
    ['ip/IP_description.XML', '', 'ipDescription'],
    ['x.xml', '\ufeff<?xml version="1.0"?><!-- <metaData/> -->\n<InstallationPackage>', 'ipDescription'],
    ['x.xml', '<!DOCTYPE x>\n<m:metaData xmlns:m="urn:x">', 'metadataXml'],
    ['x.xml', '<solutionDefinition/>', 'spd'],
    ['pom.xml', '<project/>', undefined],
    ['x.xml', '', undefined],
    ['a.APD', '', 'apd'],
    ['a.tpl', '', 'tpl'],
    ['a.spd', '', 'spd'],
    ['metaData.txt', '<metaData/>', undefined],
  ] as const) {
    it(`takes ${path} ${JSON.stringify(beginning)} for ${expected ?? 'none of ours'}`, () => assert.equal(recognizeFormat(path, beginning), expected));
  }
});
