import { parse } from 'tldts';

/** Whether a website, its domain or a mail address names a host that may be somebody's; a suffix may be, e.g. a state's. */
export const namesHost = (written: string): boolean => {
  const [first = ''] = written.trim().split(/[\s,;|]+/);
  const { hostname, isIp } = parse(first.replace(/^.*@/, ''));
  return !isIp && /\.\p{L}[^.]+$/u.test(hostname ?? '');
};
