import type { ApplicationObject, SilentIniKey } from '../deployment/model';

export interface MergedApplication {
  readonly application: ApplicationObject;
  /** Values that stay although the package has another one. */
  readonly kept: number;
  /** Values that only the package has. */
  readonly added: number;
}

/**
 * Puts what a package brings into an application object that exists: existing values win, missing ones are added; version
 * and working directory are those of the package, since they say what is installed. Application parameters are never the
 * package's: one that was entered wins.
 * @param entered options (section and option) whose value in `fromPackage` a person entered: they win too
 */
export function mergeApplication(existing: ApplicationObject, fromPackage: ApplicationObject, entered: readonly SilentIniKey[] = []): MergedApplication {
  const options = new Map(Object.entries(existing.options));
  let kept = 0;
  let added = 0;
  for (const [section, values] of Object.entries(fromPackage.options)) {
    const present = options.get(section) ?? {};
    const chosen = entered.filter((option) => option.section === section && Object.hasOwn(values, option.key)).map(({ key }) => key);
    options.set(section, { ...values, ...present, ...Object.fromEntries(chosen.map((key) => [key, values[key] ?? ''])) });
    for (const [option, value] of Object.entries(values)) {
      if (chosen.includes(option)) continue;
      if (!Object.hasOwn(present, option)) added++;
      else if (present[option] !== value) kept++;
    }
  }
  return {
    application: {
      ...existing,
      type: existing.type === 0 ? fromPackage.type : existing.type,
      version: fromPackage.version,
      workingDirectory: fromPackage.workingDirectory || existing.workingDirectory,
      commandLine: existing.commandLine || fromPackage.commandLine,
      commandLineArguments: existing.commandLineArguments || fromPackage.commandLineArguments,
      tenantObject: fromPackage.tenantObject || existing.tenantObject,
      port: fromPackage.port || existing.port,
      primaryServer: fromPackage.primaryServer || existing.primaryServer,
      backupServer: fromPackage.backupServer || existing.backupServer,
      options: Object.fromEntries(options),
    },
    kept,
    added,
  };
}
