/** The vendor's numbers of operating systems (enumeration CfgOSType). Systems newer than Windows Vista have none. */
export const osTypes: Readonly<Record<number, string>> = {
  1: 'Solaris',
  2: 'Solaris x86',
  3: 'Tru64 UNIX',
  4: 'HP-UX',
  5: 'AIX',
  6: 'SunOS',
  7: 'Windows NT',
  8: 'Windows',
  9: 'OS/2',
  10: 'Macintosh',
  11: 'Tandem UNIX',
  12: 'UnixWare',
  13: 'Windows 2000',
  14: 'Windows XP',
  15: 'Windows Server 2003',
  16: 'Red Hat Enterprise Linux',
  17: 'Windows Server 2008',
  18: 'Windows Vista',
};

/** The operating system groups that packages are made for, as archive names and descriptions spell them. */
export const osGroups: readonly string[] = ['linux', 'windows', 'solaris', 'aix', 'hpux', 'osf', 'mac'];

/** Words in the names of systems that tell their group. */
export const osFamilies: readonly { readonly sign: RegExp; readonly group: string }[] = [
  { sign: /windows/i, group: 'windows' },
  { sign: /red ?hat|linux|ubuntu|centos|debian|suse/i, group: 'linux' },
  { sign: /solaris|sunos/i, group: 'solaris' },
  { sign: /\baix\b/i, group: 'aix' },
  { sign: /hp-?ux/i, group: 'hpux' },
];
