import type { DeploymentProfile, DeploymentStep, FilesToCopy, HeldReason, HostRunState, SkipReason, WaitingFor } from '../deployment/model';
import type { ImportStep } from '../packages/model';
import { defineMessages, formatMessage, type Locale } from './messages';

const importSteps = defineMessages<ImportStep>(
  {
    open: 'Open archive',
    entries: 'Check entries',
    description: 'Read description',
    templates: 'Check templates',
    store: 'Store content',
    register: 'Register',
  },
  {
    open: 'Ouvrir l’archive',
    entries: 'Contrôler les entrées',
    description: 'Lire la description',
    templates: 'Contrôler les modèles',
    store: 'Enregistrer le contenu',
    register: 'Inscrire au référentiel',
  },
);

const deploymentSteps = defineMessages<DeploymentStep>(
  {
    connect: 'Connect',
    check: 'Check',
    lock: 'Lock',
    transfer: 'Transfer',
    verify: 'Verify',
    object: 'Object',
    silentIni: 'silent.ini',
    install: 'Install',
    result: 'Result',
    plugIn: 'Plug-in',
    values: 'Values',
    record: 'Record',
    cleanUp: 'Clean up',
  },
  {
    connect: 'Connexion',
    check: 'Contrôle',
    lock: 'Verrou',
    transfer: 'Transfert',
    verify: 'Vérification',
    object: 'Objet',
    silentIni: 'silent.ini',
    install: 'Installation',
    result: 'Résultat',
    plugIn: 'Plug-in',
    values: 'Valeurs',
    record: 'Enregistrement',
    cleanUp: 'Nettoyage',
  },
);

const profiles = defineMessages<DeploymentProfile>(
  { install: 'Install', upgrade: 'Upgrade', rollBack: 'Roll back' },
  { install: 'Installer', upgrade: 'Mettre à niveau', rollBack: 'Restaurer' },
);

/** Sentences for how one host of a deployment stands. `{step}` is a step's name, `{percent}` a whole number. */
const hostRunStates = defineMessages<HostRunState | 'completeLeft' | 'filesToCopy' | 'runningStep' | 'runningPercent' | 'interruptedAt' | 'failedAt' | 'unknownAt' | 'skippedFor' | 'heldFor'>(
  {
    queued: 'Waiting',
    running: 'Running',
    runningStep: '{step}',
    runningPercent: '{step} {percent} %',
    waiting: 'Waits for you: {question}',
    complete: 'Complete',
    completeLeft: 'Complete, clean up by hand',
    filesToCopy: 'Complete, files not copied',
    failed: 'Failed',
    failedAt: 'Failed: {step}',
    unknown: 'Unknown: connection lost',
    unknownAt: 'Unknown: connection lost during {step}',
    cancelled: 'Stopped',
    skipped: 'Skipped',
    skippedFor: 'Skipped: {reason}',
    interrupted: 'Interrupted',
    interruptedAt: 'Interrupted at {step}',
    held: 'Held',
    heldFor: 'Held: {reason}',
  },
  {
    queued: 'En attente',
    running: 'En cours',
    runningStep: '{step}',
    runningPercent: '{step} {percent} %',
    waiting: 'Attend votre réponse : {question}',
    complete: 'Terminé',
    completeLeft: 'Terminé, nettoyage à faire à la main',
    filesToCopy: 'Terminé, fichiers non copiés',
    failed: 'Échec',
    failedAt: 'Échec : {step}',
    unknown: 'État inconnu : connexion perdue',
    unknownAt: 'État inconnu : connexion perdue pendant {step}',
    cancelled: 'Arrêté',
    skipped: 'Ignoré',
    skippedFor: 'Ignoré : {reason}',
    interrupted: 'Interrompu',
    interruptedAt: 'Interrompu : {step}',
    held: 'En suspens',
    heldFor: 'En suspens : {reason}',
  },
);

const waitingFor = defineMessages<WaitingFor>(
  {
    hostKey: 'trust its host key?',
    password: 'password',
    passphrase: 'passphrase of the key',
    keyboardInteractive: 'answer to the host',
    sudo: 'sudo password',
    su: 'password of the install user',
    silentIni: 'secret value of silent.ini',
    lock: 'take over its lock?',
  },
  {
    hostKey: 'approuver sa clé d’hôte ?',
    password: 'mot de passe',
    passphrase: 'phrase secrète de la clé',
    keyboardInteractive: 'réponse à l’hôte',
    sudo: 'mot de passe sudo',
    su: 'mot de passe de l’utilisateur d’installation',
    silentIni: 'valeur secrète de silent.ini',
    lock: 'reprendre son verrou ?',
  },
);

const reasons = defineMessages<SkipReason | HeldReason>(
  {
    'application-exists': 'the application object exists and is not installed again',
    'equal-content': 'the files are there already, equal by hash',
    'already-ran': 'it ended while nobody was connected',
    'others-failed': 'other hosts failed',
    'first-host-failed': 'the first host is not complete',
  },
  {
    'application-exists': 'l’objet Application existe et n’est pas réinstallé',
    'equal-content': 'les fichiers sont déjà là, identiques par empreinte',
    'already-ran': 'terminé alors que personne n’était connecté',
    'others-failed': 'd’autres hôtes ont échoué',
    'first-host-failed': 'le premier hôte n’est pas terminé',
  },
);

/** What a host waits for, as the end of *Waits for you: …*. */
export function describeWaiting(locale: Locale, question: WaitingFor): string {
  return waitingFor[locale][question];
}

/** Why a host or a step was left out, or a host is held. */
export function describeReason(locale: Locale, reason: SkipReason | HeldReason): string {
  return reasons[locale][reason];
}

/** The name of a stage of an import. */
export function importStepName(locale: Locale, step: ImportStep): string {
  return importSteps[locale][step];
}

/** The short name of a step of a deployment. */
export function deploymentStepName(locale: Locale, step: DeploymentStep): string {
  return deploymentSteps[locale][step];
}

/** The name of a profile, as titles begin with it. */
export function profileName(locale: Locale, profile: DeploymentProfile): string {
  return profiles[locale][profile];
}

/** What a complete deployment of a plug-in is called while its files are not in GAX. */
export function filesNotCopied(locale: Locale): string {
  return hostRunStates[locale].filesToCopy;
}

/** How one host of a deployment stands, in words: `Transfer 61 %`, `Failed: Install`. */
export function describeHostRun(
  locale: Locale,
  run: { readonly state: HostRunState; readonly step?: DeploymentStep; readonly stepPercent?: number; readonly question?: WaitingFor; readonly reason?: SkipReason | HeldReason; readonly left?: readonly string[]; readonly filesToCopy?: FilesToCopy },
): string {
  const words = hostRunStates[locale];
  const step = run.step === undefined ? undefined : deploymentStepName(locale, run.step);
  switch (run.state) {
    case 'running':
      if (step === undefined) return words.running;
      return run.stepPercent === undefined
        ? formatMessage(locale, words.runningStep, { step })
        : formatMessage(locale, words.runningPercent, { step, percent: Math.floor(run.stepPercent) });
    case 'waiting':
      return formatMessage(locale, words.waiting, { question: run.question === undefined ? '' : describeWaiting(locale, run.question) });
    case 'failed':
      return step === undefined ? words.failed : formatMessage(locale, words.failedAt, { step });
    case 'unknown':
      return step === undefined ? words.unknown : formatMessage(locale, words.unknownAt, { step });
    case 'interrupted':
      return step === undefined ? words.interrupted : formatMessage(locale, words.interruptedAt, { step });
    case 'skipped':
      return run.reason === undefined ? words.skipped : formatMessage(locale, words.skippedFor, { reason: describeReason(locale, run.reason) });
    case 'held':
      return run.reason === undefined ? words.held : formatMessage(locale, words.heldFor, { reason: describeReason(locale, run.reason) });
    case 'complete':
      if (run.filesToCopy !== undefined) return words.filesToCopy;
      return run.left === undefined || run.left.length === 0 ? words.complete : words.completeLeft;
    case 'queued':
    case 'cancelled':
      return words[run.state];
  }
}
