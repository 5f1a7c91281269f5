import { html, nothing, type TemplateResult } from 'lit';
import type { PackageFile } from '../../src/core/packages/model';
import { detailsText } from '../../src/core/text/detailsText';
import { formatBytes } from '../../src/core/text/measures';
import { createText, type Locale } from '../../src/core/text/messages';
import { linkButton } from './button';
import { icon } from './icon';
import { textInput } from './textInput';
import { virtualRows } from './virtualRows';

export interface FileList {
  readonly locale: Locale;
  /** Of its filter; unique in the page. */
  readonly id?: string;
  /** Undefined: not asked for yet. */
  readonly files: readonly PackageFile[] | 'reading' | undefined;
  readonly filter: string;
  readonly onFilter: (value: string) => void;
  /** Opens a file, where files can be opened. */
  readonly onOpen?: (path: string) => void;
}

const icons: Readonly<Record<PackageFile['type'], string>> = { file: 'file', directory: 'folder', symlink: 'file-symlink-file', hardlink: 'file-symlink-file' };

/** The files of a package, filtered by any part of their path. */
export function fileList({ locale, id = 'file-filter', files, filter, onFilter, onOpen }: FileList): TemplateResult {
  const text = createText(locale, detailsText);
  if (files === undefined || files === 'reading') return html`<p role="status">${text('loadingFiles')}</p>`;
  const wanted = filter.trim().toLowerCase();
  const shown = wanted === '' ? files : files.filter((file) => file.path.toLowerCase().includes(wanted));
  return html`<div class="toolbar">
      <label class="visually-hidden" for=${id} id="${id}-label">${text('filterFiles')}</label>
      ${textInput({ id, labelledBy: `${id}-label`, describedBy: `${id}-count`, invalid: false, required: false }, { value: filter, placeholder: text('filterFiles'), onInput: onFilter })}
      <span class="quiet" id="${id}-count" role="status">${text('shownOf', { m: shown.length, n: files.length })}</span>
    </div>
    ${shown.length === 0 && wanted !== '' ? html`<p>${text('nothingMatches', { text: filter.trim() })}</p>` : nothing}
    ${shown.length === 0 ? nothing : virtualRows<PackageFile>({
      label: text('sectionFiles'), rows: shown, key: (file) => file.path,
      draw: (file) => html`${onOpen === undefined || file.type === 'directory'
        ? html`${icon(icons[file.type], 'quiet')}<span class="grow" title=${file.path}>${file.path}</span>`
        : html`<span class="grow" title=${file.path}>${linkButton(file.path, () => onOpen(file.path), { icon: icons[file.type] })}</span>`}<span class="quiet">${
        file.target !== undefined ? text('linkTo', { target: file.target }) : file.type === 'file' ? formatBytes(locale, file.size) : ''}</span>`,
    })}`;
}
