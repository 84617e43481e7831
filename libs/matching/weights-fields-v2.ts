import type { Weights } from './weights.js';

/**
 * Learned by `npm run matching:train`, not to be edited; docs/matching.md says how. From
 * - overture-dev/pairs.csv, sha256 ca5f82aa696c72e01d90b02e58f042b26dbdce50f0829df14f0969bb19674e5e
 * - ror-companies/records.ndjson, sha256 be32156783a1d582ada72519a405021b0a3edc3435aa867cf8da7b261cdc0dec
 * Cross-validated by customer, at these thresholds (possible .5, certain .9):
 * - records: 1593 pairs, 1106 the same; flagged P 0.944 R 0.958 F1 0.951, certain P 0.981 R 0.859
 * - names: 1593 pairs, 1106 the same; flagged P 0.923 R 0.948 F1 0.935, certain P 0.957 R 0.683
 * - list: 168829 pairs, 10577 the same; flagged P 0.899 R 0.522 F1 0.661, certain P 0.990 R 0.339
 * - typed: 119275 pairs, 2770 the same; flagged P 0.894 R 0.873 F1 0.883, certain P 0.994 R 0.736
 */
export const fieldsV2: Weights = {
  version: 'fields-v2',
  prior: -0.62,
  fields: {
    address: {
      elsewhere: -0.55,
      'same-building': 0.92,
      'same-city': -1.95,
      'same-postcode': -1.5,
      'same-street': -1,
    },
    country: {
      equal: 0,
      different: -6.5,
    },
    domain: {
      different: -0.87,
      equal: 3.27,
      'same-word': 0.01,
    },
    firstWord: {
      different: -1.13,
      equal: 0.67,
      similar: -0.48,
    },
    legalForm: {
      different: -0.35,
      equal: 0.44,
      'one-side': 0.02,
    },
    letters: {
      all: 0.77,
      'from-15%': -0.5,
      'from-30%': -0.5,
      'from-45%': -0.48,
      'from-55%': -0.41,
      'from-65%': -0.4,
      'from-75%': -0.24,
      'from-82%': -0.22,
      'from-88%': 0.03,
      'from-94%': 0.18,
      'under-15%': -0.5,
    },
    name: {
      different: -1.6,
      equal: 1.3,
      'from-20%': -0.3,
      'from-35%': -0.13,
      'from-5%': -1.6,
      'from-50%': 0.07,
      'from-62%': 0.08,
      'from-74%': 0.35,
      'from-84%': 0.65,
      'from-92%': 1,
    },
    namePart: {
      'other-name': -0.23,
      shortened: -1.1,
    },
    namePlace: {
      different: -3.5,
      'one-side': -1.23,
    },
    numbers: {
      different: -3.5,
      'one-side': -1.38,
    },
    otherWords: {
      'common+common': -0.73,
      'common+telling': -0.73,
      'common+usual': -0.72,
      'none+common': 0.9,
      'none+none': 1.54,
      'none+place': 1.92,
      'none+telling': 0.9,
      'none+usual': 0.9,
      'place+common': -0.31,
      'place+place': 0.04,
      'place+telling': -1.33,
      'place+usual': -0.31,
      'telling+telling': -1.56,
      'usual+telling': -0.73,
      'usual+usual': -0.72,
    },
    phone: {
      different: -0.55,
      equal: 1.56,
      'equal-toll-free': 0.21,
      'same-line': 0.24,
    },
    sharedWords: {
      common: -1.83,
      'many-rare': 1,
      none: -1.83,
      rare: 0.36,
      'rare-and-more': 0.95,
      'two-rare': 1,
      usual: -1.28,
      'very-common': -1.83,
    },
    spelling: {
      'abbreviated-alone': -3.52,
      'abbreviated-beside-more': 0.55,
      'abbreviated-beside-some': -1.66,
      acronym: 0.11,
      'close-alone': -1.83,
      'close-beside-more': 0.6,
      'close-beside-some': -0.19,
      'far-alone': -3.52,
      'far-beside-more': 0.55,
      'far-beside-some': -1.24,
      'near-alone': -1.83,
      'near-beside-more': 0.55,
      'near-beside-some': -0.43,
      'off-alone': -2.68,
      'off-beside-more': 0.55,
      'off-beside-some': -1.03,
      'sounds-alike-alone': -1.34,
      'sounds-alike-beside-more': 0.6,
      'sounds-alike-beside-some': 0.18,
    },
    registryId: {
      equal: 8,
      different: -6,
    },
  },
};
