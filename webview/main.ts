import './style/pages.css';
import './style/apd.css';
import './style/copyToTenants.css';
import './style/deployWizard.css';
import './style/details.css';
import './style/fields.css';
import './style/importWizard.css';
import './style/packageList.css';
import './style/progress.css';
import './style/table.css';
import { isPageKind } from '../src/protocol/page/page';
import { editorApi, readSubject } from './components/page';
import { pageElements } from './pages';

/** Puts the page that the document names into it. */
const kind = document.body.dataset['page'];
if (!isPageKind(kind)) throw new Error('the document names no page');
const state = editorApi().getState();
// With the subject the editor can bring the tab back after a reload, also when the person did nothing here.
if (typeof state !== 'object' || state === null) editorApi().setState({ subject: readSubject() });
// In place of the line that the document began with.
document.querySelector('#loading')?.remove();
document.body.append(document.createElement(pageElements[kind]));
