import type { Weights } from './weights.js';

/**
 * Learned by `npm run matching:train` on 2026-12-01, not to be edited; docs/matching.md says how. From
 * - overture-dev/pairs.csv, sha256 ca5f82aa696c72e01d90b02e58f042b26dbdce50f0829df14f0969bb19674e5e
 * - ror-companies/records.ndjson, sha256 be32156783a1d582ada72519a405021b0a3edc3435aa867cf8da7b261cdc0dec
 * Cross-validated by customer, at these thresholds (possible .5, certain .9):
 * - records: 1593 pairs, 1106 the same; flagged P 0.951 R 0.958 F1 0.955, certain P 0.981 R 0.862
 * - names: 1593 pairs, 1106 the same; flagged P 0.927 R 0.938 F1 0.932, certain P 0.973 R 0.672
 * - list: 169099 pairs, 10575 the same; flagged P 0.899 R 0.537 F1 0.672, certain P 0.990 R 0.352
 * - typed: 119280 pairs, 2770 the same; flagged P 0.891 R 0.889 F1 0.890, certain P 0.992 R 0.733
 */
export const fieldsV3: Weights = {
  version: 'fields-v3',
  prior: -0.78,
  fields: {
    address: {
      elsewhere: -0.18,
      'same-building': 1.11,
      'same-city': -1.74,
      'same-postcode': -1.57,
      'same-street': -0.53,
    },
    country: {
      equal: 0,
      different: -6.5,
    },
    domain: {
      different: -0.99,
      equal: 3.06,
      'same-word': -0.04,
    },
    firstWord: {
      different: -1.05,
      equal: 0.66,
      similar: -0.46,
    },
    legalForm: {
      different: -0.45,
      equal: 0.48,
      'one-side': -0.03,
    },
    name: {
      different: -1.74,
      equal: 1.93,
      'from-20%': -0.53,
      'from-35%': -0.46,
      'from-5%': -1.74,
      'from-50%': -0.21,
      'from-62%': -0.17,
      'from-74%': 0.04,
      'from-84%': 0.42,
      'from-92%': 1.76,
      'other-script': -0.21,
    },
    namePart: {
      'other-name': -0.13,
      shortened: -0.57,
    },
    namePlace: {
      different: -3.5,
      'one-side': -1.31,
    },
    numbers: {
      different: -3.5,
      'one-side': -1.33,
    },
    otherWords: {
      'common+common': -0.51,
      'common+telling': -0.51,
      'common+usual': -0.49,
      'none+common': 1.15,
      'none+none': 1.85,
      'none+place': 1.58,
      'none+telling': 1.15,
      'none+usual': 1.15,
      'place+common': -0.47,
      'place+place': -0.12,
      'place+telling': -1.07,
      'place+usual': -0.47,
      'telling+telling': -1.4,
      'usual+telling': -0.74,
      'usual+usual': -0.49,
    },
    phone: {
      different: -0.61,
      equal: 1.27,
      'equal-toll-free': 0.83,
      'same-line': 0.33,
    },
    sharedWords: {
      common: -1.83,
      'many-rare': 0.83,
      none: -2.17,
      rare: 0.18,
      'rare-and-more': 0.82,
      'two-rare': 0.83,
      usual: -0.8,
      'very-common': -2.17,
    },
    spelling: {
      'abbreviated-alone': -3.69,
      'abbreviated-beside-more': 0.17,
      'abbreviated-beside-some': -1.47,
      acronym: -0.4,
      'acronym-beside': -0.34,
      'close-alone': -1.47,
      'close-beside-more': 0.52,
      'close-beside-some': -0.24,
      'far-alone': -3.69,
      'far-beside-more': 0.17,
      'far-beside-some': -0.48,
      'near-alone': -1.79,
      'near-beside-more': 0.43,
      'near-beside-some': -0.24,
      'off-alone': -2.85,
      'off-beside-more': 0.17,
      'off-beside-some': -0.48,
      'slip-alone': -1.27,
      'slip-beside-more': 0.54,
      'slip-beside-some': -0.24,
    },
    registryId: {
      equal: 8,
      different: -6,
    },
  },
};
