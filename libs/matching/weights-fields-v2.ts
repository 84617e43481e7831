import type { Weights } from './weights.js';

/**
 * Learned by `npm run matching:train`, not to be edited; docs/matching.md says how. From
 * - overture-dev/pairs.csv, sha256 ca5f82aa696c72e01d90b02e58f042b26dbdce50f0829df14f0969bb19674e5e
 * - ror-companies/records.ndjson, sha256 be32156783a1d582ada72519a405021b0a3edc3435aa867cf8da7b261cdc0dec
 * Cross-validated by customer, at these thresholds (possible .5, certain .9):
 * - records: 1593 pairs, 1106 the same; flagged P 0.945 R 0.952 F1 0.949, certain P 0.979 R 0.861
 * - names: 1593 pairs, 1106 the same; flagged P 0.924 R 0.938 F1 0.931, certain P 0.959 R 0.677
 * - list: 168829 pairs, 10577 the same; flagged P 0.892 R 0.530 F1 0.665, certain P 0.991 R 0.346
 * - typed: 119275 pairs, 2770 the same; flagged P 0.883 R 0.890 F1 0.886, certain P 0.994 R 0.737
 */
export const fieldsV2: Weights = {
  version: 'fields-v2',
  prior: -0.64,
  fields: {
    address: {
      elsewhere: -0.39,
      'same-building': 1.06,
      'same-city': -1.9,
      'same-postcode': -1.46,
      'same-street': -0.97,
    },
    country: {
      equal: 0,
      different: -6.5,
    },
    domain: {
      different: -0.96,
      equal: 3.4,
      'same-word': -0.04,
    },
    firstWord: {
      different: -1.05,
      equal: 0.72,
      similar: -0.42,
    },
    legalForm: {
      different: -0.4,
      equal: 0.47,
      'one-side': -0.03,
    },
    letters: {
      all: 0.8,
      'from-15%': -0.57,
      'from-30%': -0.57,
      'from-45%': -0.53,
      'from-55%': -0.43,
      'from-65%': -0.39,
      'from-75%': -0.17,
      'from-82%': -0.17,
      'from-88%': 0.04,
      'from-94%': 0.33,
      'under-15%': -0.57,
    },
    name: {
      different: -1.61,
      equal: 1.19,
      'from-20%': -0.3,
      'from-35%': -0.19,
      'from-5%': -1.58,
      'from-50%': -0.04,
      'from-62%': -0.04,
      'from-74%': 0.12,
      'from-84%': 0.45,
      'from-92%': 1.18,
    },
    namePart: {
      'other-name': -0.23,
      shortened: -1.03,
    },
    namePlace: {
      different: -3.5,
      'one-side': -1.25,
    },
    numbers: {
      different: -3.5,
      'one-side': -1.47,
    },
    otherWords: {
      'common+common': -0.61,
      'common+telling': -0.61,
      'common+usual': -0.59,
      'none+common': 1.06,
      'none+none': 1.64,
      'none+place': 1.42,
      'none+telling': 1.06,
      'none+usual': 1.06,
      'place+common': -0.52,
      'place+place': -0.26,
      'place+telling': -1.37,
      'place+usual': -0.52,
      'telling+telling': -1.47,
      'usual+telling': -0.61,
      'usual+usual': -0.59,
    },
    phone: {
      different: -0.5,
      equal: 1.59,
      'equal-toll-free': 0.21,
      'same-line': 0.31,
    },
    sharedWords: {
      common: -1.69,
      'many-rare': 0.92,
      none: -1.87,
      rare: 0.27,
      'rare-and-more': 0.91,
      'two-rare': 0.92,
      usual: -1.26,
      'very-common': -1.87,
    },
    spelling: {
      'abbreviated-alone': -3.5,
      'abbreviated-beside-more': 0.53,
      'abbreviated-beside-some': -1.43,
      acronym: 0.2,
      'close-alone': -1.88,
      'close-beside-more': 0.53,
      'close-beside-some': -0.04,
      'far-alone': -3.5,
      'far-beside-more': 0.53,
      'far-beside-some': -0.97,
      'near-alone': -1.88,
      'near-beside-more': 0.53,
      'near-beside-some': -0.04,
      'off-alone': -2.79,
      'off-beside-more': 0.53,
      'off-beside-some': -0.97,
      'sounds-alike-alone': -1.21,
      'sounds-alike-beside-more': 0.53,
      'sounds-alike-beside-some': 0.09,
    },
    registryId: {
      equal: 8,
      different: -6,
    },
  },
};
