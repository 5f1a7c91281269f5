import { defineMessages } from '../text/messages';

/** Errors of the editor's own making: tasks, files and views. */
export const editorErrors = defineMessages(
  {
    'editor/not-a-local-file': '{uri} is not a file of the machine that runs the package service. Copy it there, then import it.',
    'editor/task-wrong': 'The task {task} cannot be run: {reason}. Correct its entry in tasks.json.',
    'editor/task-secret':
      'The task {task} holds the secret {key} in plain text. Take it out of tasks.json and change it where it is used: it is asked for when the task starts.',
    'editor/task-package-unknown': 'The task {task} names the package {package}, which is not in the repository. Import it, or correct the name.',
    'editor/task-package-ambiguous': 'The task {task} names the package {package}, which stands for several: {candidates}. Write one of them as name@version.',
    'editor/task-host-unknown': 'The task {task} names the host {host}, which is not in the list of hosts. Add it, or correct the name.',
    'editor/task-tenant-unknown': 'The task {task} names the tenant {tenant}, which does not exist. Tenants: {tenants}.',
    'editor/no-folder': 'The task was not saved: this window has no folder whose tasks.json could hold it. Open a folder, then save it.',
    'editor/values-wrong': 'The deployment was not started: {problems}',
    'editor/apd-unreadable': '{file} cannot be read as a whole: {reason}. Open it in its own editor, which shows what could be read.',
    'editor/apd-too-long': '{file} is longer than 20 MB and was not read; no application template is. Check whether it is the right file.',
    'editor/apd-not-saved': '{file} was not saved: line {line}, column {column}: {reason}. Nothing was written; correct that place and save again.',
    'editor/template-not-made': '{target} was not made of {file}: line {line}, column {column}: {reason}. Nothing was written; correct that place first.',
    'editor/template-not-there': '{file} is not there, so there is nothing to compare {other} with. Both must have one name and lie in one folder.',
  },
  {
    'editor/not-a-local-file': '{uri} n’est pas un fichier de la machine du service de packages. Copiez-le là, puis importez-le.',
    'editor/task-wrong': 'La tâche {task} ne peut pas être exécutée : {reason}. Corrigez son entrée dans tasks.json.',
    'editor/task-secret':
      'La tâche {task} contient le secret {key} en clair. Retirez-le de tasks.json et changez-le là où il sert : il est demandé au démarrage de la tâche.',
    'editor/task-package-unknown': 'La tâche {task} nomme le package {package}, absent du référentiel. Importez-le, ou corrigez le nom.',
    'editor/task-package-ambiguous': 'La tâche {task} nomme le package {package}, qui en désigne plusieurs : {candidates}. Écrivez l’un d’eux sous la forme nom@version.',
    'editor/task-host-unknown': 'La tâche {task} nomme l’hôte {host}, absent de la liste des hôtes. Ajoutez-le, ou corrigez le nom.',
    'editor/task-tenant-unknown': 'La tâche {task} nomme le locataire {tenant}, qui n’existe pas. Locataires : {tenants}.',
    'editor/no-folder': 'La tâche n’a pas été enregistrée : cette fenêtre n’a pas de dossier dont le tasks.json pourrait la contenir. Ouvrez un dossier, puis enregistrez-la.',
    'editor/values-wrong': 'Le déploiement n’a pas démarré : {problems}',
    'editor/apd-unreadable': '{file} ne peut pas être lu en entier : {reason}. Ouvrez-le dans son propre éditeur, qui montre ce qui a pu être lu.',
    'editor/apd-too-long': '{file} dépasse 20 Mo et n’a pas été lu ; aucun modèle d’application n’est si long. Vérifiez que c’est le bon fichier.',
    'editor/apd-not-saved': '{file} n’a pas été enregistré : ligne {line}, colonne {column} : {reason}. Rien n’a été écrit ; corrigez cet endroit et enregistrez de nouveau.',
    'editor/template-not-made': '{target} n’a pas été créé à partir de {file} : ligne {line}, colonne {column} : {reason}. Rien n’a été écrit ; corrigez d’abord cet endroit.',
    'editor/template-not-there': '{file} est absent : rien à quoi comparer {other}. Les deux doivent porter un même nom et se trouver dans un même dossier.',
  },
);
