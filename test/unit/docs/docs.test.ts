import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../../support/projectRoot';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(projectRoot, folder, 'package.json'), 'utf8')) as Manifest;
}

function listPages(): string[] {
  const inDocs = readdirSync(join(projectRoot, 'docs'), { recursive: true }).map(String).filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
  return [...readdirSync(projectRoot).filter((name) => name.endsWith('.md')), ...inDocs];
}

describe('the documentation', () => {
  it('gives every dependency its reason, and names none that is not there', () => {
    const text = readFileSync(join(projectRoot, 'docs/dependencies.md'), 'utf8');
    const documented = [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = '']) => name).sort();
    const named = ['.', 'tools/vscode-host'].flatMap((folder) => {
      const { dependencies = {}, devDependencies = {} } = readManifest(folder);
      return [...Object.keys(dependencies), ...Object.keys(devDependencies)];
    });
    assert.deepEqual(documented, named.sort());
  });

  it('pins every dependency to one version', () => {
    for (const folder of ['.', 'tools/vscode-host']) {
      const { dependencies = {}, devDependencies = {} } = readManifest(folder);
      for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) assert.match(version, /^(npm:[\w@/.-]+@)?\d+\.\d+\.\d+$/, name);
    }
  });

  it('links only to files that exist, and to headings that exist in them', () => {
    const dead = listPages().flatMap((page) => {
      const text = readFileSync(join(projectRoot, page), 'utf8');
      return [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].flatMap(([link, target = '', heading]) => {
        const file = target === '' ? join(projectRoot, page) : join(projectRoot, dirname(page), target);
        if (!existsSync(file)) return [`${page}: ${link}`];
        if (heading === undefined) return [];
        const anchors = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(/[^\w\s-]/g, '').trim().replaceAll(/\s/g, '-'));
        return anchors.includes(heading) ? [] : [`${page}: ${link}`];
      });
    });
    assert.deepEqual(dead, []);
  });

  it('calls views and commands what the editor calls them', () => {
    const titles = Object.values(JSON.parse(readFileSync(join(projectRoot, 'package.nls.json'), 'utf8')) as Record<string, string>);
    const [, section = ''] = /^## A first deployment$(.*?)^## /ms.exec(readFileSync(join(projectRoot, 'README.md'), 'utf8')) ?? [];
    const named = [...section.matchAll(/\*\*(.+?)\*\*/g)].map(([, title = '']) => title);
    assert.ok(named.length > 5);
    assert.deepEqual(named.filter((title) => !titles.includes(title)), []);
  });

  it('names only npm scripts, and files of the project, that exist', () => {
    const scripts = Object.keys(readManifest('.').scripts ?? {});
    const wrong = listPages().flatMap((page) => {
      const text = readFileSync(join(projectRoot, page), 'utf8');
      const npm = [...text.matchAll(/npm run ([\w-]+)/g)].map(([, name = '']) => name).filter((name) => !scripts.includes(name)).map((name) => `npm run ${name}`);
      const files = [...text.matchAll(/`((?:src|test|scripts|docs|tools)\/[\w./-]+)`/g)].map(([, name = '']) => name).filter((name) => !existsSync(join(projectRoot, name)));
      return [...npm, ...files].map((name) => `${relative('.', page)}: ${name}`);
    });
    assert.deepEqual(wrong, []);
  });
});
