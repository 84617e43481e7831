import type { Weights } from './weights.js';

/**
 * Natural log-odds, for every country and kind of data alike. At the standard thresholds a score is certain from a sum of
 * 2.2 and possible from 0. Set by hand on a list read as a stream, so that
 * - a telling name alone is certain, one short word or a part of the name only possible;
 * - one domain with one name inside the other is certain whatever else differs;
 * - the same name with another domain in another place is none;
 * - a phone needs a name or the building beside it, a building needs a name.
 */
export const fieldsV1: Weights = {
  version: 'fields-v1',
  prior: -3,
  fields: {
    name: {
      equal: 5.3,
      'equal-short': 4.2,
      'equal-other-form': 4.2,
      near: 4,
      'equal-common': 2.6,
      contained: 3.05,
      'contained-word': 2.65,
      'contained-common': 0.8,
      overlapping: 0.8,
      'common-words': -2,
      different: -3,
    },
    domain: { equal: 6.2, 'same-word': 2, different: -1.5 },
    phone: { equal: 3.8, 'equal-toll-free': 1, 'same-line': 1.5, different: -0.4 },
    address: { 'same-building': 2.3, 'same-street': 1, 'same-postcode': 0.5, 'same-city': 0.3, elsewhere: -1.7 },
    registryId: { equal: 8, different: -6 },
    country: { equal: 0, different: -3.5 },
  },
};
