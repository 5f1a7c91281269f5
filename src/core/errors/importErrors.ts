import { defineMessages } from '../text/messages';

export const importErrors = defineMessages(
  {
    'import/already-present':
      '{package} is already in the repository. Replacing it needs the privilege “Replace installation packages and solution definitions”.',
    'import/no-description':
      '{file} holds no ip/ip_description.xml and no solution definition, so it is not an installation package. Choose an archive that came from Genesys.',
    'import/description-unreadable':
      '{file}: {entry} cannot be used, line {line}, column {column}: {reason}. Ask the sender for an intact archive.',
    'import/definition-unreadable':
      '{file}: the solution definition{entry, select, none {} other { {entry}}} cannot be used, line {line}, column {column}: {reason}. Correct it there, then import it again. Nothing was kept.',
    'import/several-definitions': '{file} holds {n} solution definitions: {entries}. Import an archive with one, or each as a file of its own.',
    'import/file-missing':
      '{file} cannot be read: {reason, select, ENOENT {it does not exist} EACCES {this user may not read it} EPERM {this user may not read it} EIO {the disk reports an error} EMFILE {too many files are open} other {{reason}}}. Check the path and its permissions, then import it again.',
    'import/not-a-file': '{file} is no file. Choose the archive of a package (zip or tar.gz).',
    'import/not-mounted':
      '{path} is a network path, and this machine does not know where {share} is mounted. Mount the share, then name its folder in the setting “gaxPackages.import.mountMap”, with --mount {share}=FOLDER, or in the variable GAXPKG_MOUNTS.',
    'import/address-unusable': '{address} names no file that can be read here. Give a path, a network path (\\\\server\\share\\…) or a file: address.',
    'import/relative-path': '{file} is no absolute path. The package service has a working folder of its own: give the whole path.',
    'import/archive-in-archive':
      '{file} is no package itself but holds the archive {entry}. Import it by the method for zipped packages from support (--method support-archives).',
    'import/template-changed':
      '{file} is not the template that the package holds: {entry} in {archive} has other bytes. Use the unchanged file of the package’s template directory.',
    'import/template-unreadable': '{file} cannot be used as a template{line, plural, =0 {} other {, line #}}: {reason}. Use the unchanged file of the package’s template directory.',
    'import/templates-disagree':
      '{xml} and {apd} are not templates of the same application. {reason}{more, plural, =0 {} one { # more difference.} other { # more differences.}} Use the two files of the package’s template directory.',
    'import/templates-named-differently': '{xml} and {apd} must have the same name but for the ending. Use the two files of the package’s template directory.',
    'import/several-templates': '{file} holds {n} templates: {names}. A package with two or more templates is imported as one archive that holds them (--method archive).',
    'import/wrong-part': '{file} is no {format, select, xml {XML template (.xml)} other {APD template (.apd)}}. Name the package archive, its XML template and its APD template.',
    'import/source-changed': '{file} changed while it was being imported. Nothing was kept; import it again when nobody writes to it.',
    'import/unknown-tenant': 'There is no tenant {tenant}. Tenants: {tenants}.',
    'import/values-wrong': 'The import was not started. {problem}',
    'import/interrupted': 'The package service ended during the import of {file}. Nothing was kept; try again.',
    'import/still-running': '{file} is still being imported. Stop the import first.',
    'import/several-packages': '{file} holds {n} packages: {entries}. Import an archive with one package.',
  },
  {
    'import/already-present':
      '{package} est déjà dans le référentiel. Le remplacer nécessite le privilège « Remplacer packages d’installation et définitions de solution ».',
    'import/no-description':
      '{file} ne contient ni ip/ip_description.xml ni définition de solution : ce n’est pas un package d’installation. Choisissez une archive fournie par Genesys.',
    'import/description-unreadable':
      '{file} : {entry} est inutilisable, ligne {line}, colonne {column} : {reason}. Demandez une archive intacte à l’expéditeur.',
    'import/definition-unreadable':
      '{file} : la définition de solution{entry, select, none {} other { {entry}}} est inutilisable, ligne {line}, colonne {column} : {reason}. Corrigez-la, puis relancez l’importation. Rien n’a été conservé.',
    'import/several-definitions': '{file} contient {n} définitions de solution : {entries}. Importez une archive qui en contient une seule, ou chacune comme fichier distinct.',
    'import/file-missing':
      '{file} est illisible : {reason, select, ENOENT {il n’existe pas} EACCES {cet utilisateur n’a pas le droit de le lire} EPERM {cet utilisateur n’a pas le droit de le lire} EIO {le disque signale une erreur} EMFILE {trop de fichiers sont ouverts} other {{reason}}}. Vérifiez le chemin et les droits, puis relancez l’importation.',
    'import/not-a-file': '{file} n’est pas un fichier. Choisissez l’archive d’un package (zip ou tar.gz).',
    'import/not-mounted':
      '{path} est un chemin réseau, et cette machine ne sait pas où {share} est monté. Montez le partage, puis indiquez son dossier dans le paramètre « gaxPackages.import.mountMap », avec --mount {share}=DOSSIER, ou dans la variable GAXPKG_MOUNTS.',
    'import/address-unusable': '{address} ne désigne aucun fichier lisible ici. Indiquez un chemin, un chemin réseau (\\\\serveur\\partage\\…) ou une adresse file:.',
    'import/relative-path': '{file} n’est pas un chemin absolu. Le service de packages a son propre dossier de travail : indiquez le chemin complet.',
    'import/archive-in-archive':
      '{file} n’est pas lui-même un package mais contient l’archive {entry}. Importez-le par la méthode des packages compressés du support (--method support-archives).',
    'import/template-changed':
      '{file} n’est pas le modèle que contient le package : {entry} dans {archive} a d’autres octets. Utilisez le fichier inchangé du répertoire de modèles du package.',
    'import/template-unreadable': '{file} est inutilisable comme modèle{line, plural, =0 {} other {, ligne #}} : {reason}. Utilisez le fichier inchangé du répertoire de modèles du package.',
    'import/templates-disagree':
      '{xml} et {apd} ne sont pas les modèles d’une même application. {reason}{more, plural, =0 {} one { # autre différence.} other { # autres différences.}} Utilisez les deux fichiers du répertoire de modèles du package.',
    'import/templates-named-differently': '{xml} et {apd} doivent porter le même nom, à l’extension près. Utilisez les deux fichiers du répertoire de modèles du package.',
    'import/several-templates': '{file} contient {n} modèles : {names}. Un package avec deux modèles ou plus s’importe comme une seule archive qui les contient (--method archive).',
    'import/wrong-part': '{file} n’est pas un {format, select, xml {modèle XML (.xml)} other {modèle APD (.apd)}}. Indiquez l’archive du package, son modèle XML et son modèle APD.',
    'import/source-changed': '{file} a changé pendant l’importation. Rien n’a été conservé ; relancez quand personne n’y écrit.',
    'import/unknown-tenant': 'Le locataire {tenant} n’existe pas. Locataires : {tenants}.',
    'import/values-wrong': 'L’importation n’a pas démarré. {problem}',
    'import/interrupted': 'Le service de packages s’est arrêté pendant l’importation de {file}. Rien n’a été conservé ; relancez l’importation.',
    'import/still-running': 'L’importation de {file} est en cours. Arrêtez-la d’abord.',
    'import/several-packages': '{file} contient {n} packages : {entries}. Importez une archive avec un seul package.',
  },
);
