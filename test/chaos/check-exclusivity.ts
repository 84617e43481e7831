import { type LogEvent, partsOf } from './log-reader.js';

const endings = [
  'ProtectionExpired',
  'ProtectionRevoked',
  'RegistrationRejected',
  'RegistrationWithdrawn',
  'DealWon',
  'DealLost',
];
type Hold = { readonly grantId: string; readonly registrationId: string };

/**
 * At no point of the log two grants of one customer × family are out, nor two approvals that cite it; no approval cites a
 * grant that it hasn't got; and at the end every grant that is out is that of an approval that stands, and the other way round.
 */
export const checkExclusivity = (log: readonly LogEvent[]): string[] => {
  const faults: string[] = [];
  const taken = new Map<string, Hold>();
  const approved = new Map<string, Hold>();
  const lapse = (vendor: string, registrationId: string, family: string | null) => {
    for (const [place, hold] of approved)
      if (
        hold.registrationId === registrationId &&
        place.startsWith(`${vendor} `) &&
        (family === null || place.endsWith(` ${family}`))
      )
        approved.delete(place);
  };
  for (const { type, data, stream, revision } of log) {
    const of = partsOf(stream);
    if (!of) continue;
    const { vendor, id, category } = of;
    const where = `${type} in ${stream}@${revision}`;
    if (type === 'ExclusivityTaken') {
      const place = `${vendor} ${data.customerKey} ${data.family}`;
      const held = taken.get(place);
      if (held) faults.push(`${where}: ${data.grantId} takes what ${held.grantId} holds`);
      if (id !== `${data.customerKey}.${data.family}`) faults.push(`${where}: tells of ${place}`);
      taken.set(place, { grantId: data.grantId, registrationId: data.registrationId });
    }
    if (type === 'ExclusivityReleased') {
      const place = `${vendor} ${data.customerKey} ${data.family}`;
      if (taken.get(place)?.grantId !== data.grantId) faults.push(`${where}: ${data.grantId} was not the holder's`);
      taken.delete(place);
    }
    if (category === 'registration' && type === 'RegistrationApproved')
      for (const { family, grantId, customerKey } of data.grants) {
        const place = `${vendor} ${customerKey} ${family}`;
        const other = approved.get(place);
        if (other) faults.push(`${where}: ${other.registrationId} is approved there too (${place})`);
        if (taken.get(place)?.grantId !== grantId)
          faults.push(`${where}: cites ${grantId}, which does not hold ${place}`);
        approved.set(place, { grantId, registrationId: id });
      }
    if (category === 'registration' && endings.includes(type)) lapse(vendor, id, null);
    if (category === 'registration' && type === 'FamilyLost') lapse(vendor, id, data.family);
  }
  for (const [place, { grantId }] of taken)
    if (approved.get(place)?.grantId !== grantId)
      faults.push(`at the end: ${grantId} still holds ${place} without an approval`);
  for (const [place, { grantId, registrationId }] of approved)
    if (!taken.has(place))
      faults.push(`at the end: ${registrationId} is approved for ${place} without its grant ${grantId}`);
  return faults;
};
