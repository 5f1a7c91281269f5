import * as vscode from 'vscode';
import { ProductError } from '../../../core/errors';
import { lineColumn } from '../../../core/formats/problem';
import { apdFromMetadata } from '../../../core/formats/templatePair/convert';
import { parseXml } from '../../../core/formats/xml/parse';
import { decodeText } from '../../../core/text/utf8';
import { baseNameOf, findPartner, nameOf } from '../../documents/templateFiles';
import type { Command } from '../command';
import { chooseTemplate } from './chooseTemplate';
import { writeTemplate } from './writeTemplate';

export const createApdFromXml: Command = {
  id: 'gaxPackages.apd.createFromXml',
  run: async ({ locale }, called) => {
    const source = await chooseTemplate(called, 'xml', locale);
    const target = await findPartner(source, '.apd');
    const document = parseXml(await textOf(source));
    const conversion = apdFromMetadata(document, baseNameOf(source));
    if ('problem' in conversion) {
      const { problem } = conversion;
      throw new ProductError('editor/template-not-made', { ...problem.args, target: nameOf(target), file: nameOf(source), ...lineColumn(document.text, problem.start), problem: problem.code });
    }
    await writeTemplate({ source, target, bytes: conversion.made, lost: conversion.lost }, locale);
  },
};

/** What a person sees of it: an open editor may hold changes that are not saved yet. */
async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.getText() ?? decodeText(await vscode.workspace.fs.readFile(uri));
}
