import type { Weights } from './weights.js';

/**
 * Learned by `npm run matching:train`, not to be edited; docs/matching.md says how. From
 * - overture-dev/pairs.csv, sha256 ca5f82aa696c72e01d90b02e58f042b26dbdce50f0829df14f0969bb19674e5e
 * - ror-companies/records.ndjson, sha256 be32156783a1d582ada72519a405021b0a3edc3435aa867cf8da7b261cdc0dec
 * Cross-validated by customer, at these thresholds (possible .5, certain .9):
 * - records: 1593 pairs, 1106 the same; flagged P 0.949 R 0.956 F1 0.952, certain P 0.981 R 0.864
 * - names: 1593 pairs, 1106 the same; flagged P 0.921 R 0.937 F1 0.929, certain P 0.969 R 0.669
 * - list: 169104 pairs, 10575 the same; flagged P 0.894 R 0.532 F1 0.667, certain P 0.990 R 0.347
 * - typed: 119274 pairs, 2770 the same; flagged P 0.888 R 0.882 F1 0.885, certain P 0.992 R 0.728
 */
export const fieldsV2: Weights = {
  version: 'fields-v2',
  prior: -0.76,
  fields: {
    address: {
      elsewhere: -0.31,
      'same-building': 1.1,
      'same-city': -1.87,
      'same-postcode': -1.67,
      'same-street': -0.76,
    },
    country: {
      equal: 0,
      different: -6.5,
    },
    domain: {
      different: -0.99,
      equal: 3.35,
      'same-word': -0.09,
    },
    firstWord: {
      different: -1.07,
      equal: 0.62,
      similar: -0.53,
    },
    legalForm: {
      different: -0.43,
      equal: 0.43,
      'one-side': -0.04,
    },
    name: {
      different: -1.84,
      equal: 1.99,
      'from-20%': -0.58,
      'from-35%': -0.4,
      'from-5%': -1.84,
      'from-50%': -0.16,
      'from-62%': -0.16,
      'from-74%': 0.03,
      'from-84%': 0.38,
      'from-92%': 1.19,
      'other-script': 0.48,
    },
    namePart: {
      'other-name': -0.19,
      shortened: -0.87,
    },
    namePlace: {
      different: -3.5,
      'one-side': -1.3,
    },
    numbers: {
      different: -3.5,
      'one-side': -1.52,
    },
    otherWords: {
      'common+common': -0.59,
      'common+telling': -0.59,
      'common+usual': -0.58,
      'none+common': 1.07,
      'none+none': 1.81,
      'none+place': 1.51,
      'none+telling': 1.07,
      'none+usual': 1.07,
      'place+common': -0.5,
      'place+place': -0.22,
      'place+telling': -1.29,
      'place+usual': -0.5,
      'telling+telling': -1.45,
      'usual+telling': -0.59,
      'usual+usual': -0.58,
    },
    phone: {
      different: -0.47,
      equal: 1.41,
      'equal-toll-free': 0.86,
      'same-line': 0.4,
    },
    sharedWords: {
      common: -1.78,
      'many-rare': 0.93,
      none: -1.99,
      rare: 0.18,
      'rare-and-more': 0.89,
      'two-rare': 0.93,
      usual: -1.33,
      'very-common': -1.99,
    },
    spelling: {
      'abbreviated-alone': -3.59,
      'abbreviated-beside-more': 0.47,
      'abbreviated-beside-some': -1.49,
      acronym: 0.08,
      'close-alone': -1.92,
      'close-beside-more': 0.47,
      'close-beside-some': -0.05,
      'far-alone': -3.59,
      'far-beside-more': 0.47,
      'far-beside-some': -1,
      'near-alone': -1.92,
      'near-beside-more': 0.47,
      'near-beside-some': -0.05,
      'off-alone': -2.83,
      'off-beside-more': 0.47,
      'off-beside-some': -1,
      'sounds-alike-alone': -1.24,
      'sounds-alike-beside-more': 0.5,
      'sounds-alike-beside-some': 0,
    },
    registryId: {
      equal: 8,
      different: -6,
    },
  },
};
