import type { Weights } from './weights.js';

/**
 * Learned by `npm run matching:train`, not to be edited; docs/matching.md says how. From
 * - overture-dev/pairs.csv, sha256 ca5f82aa696c72e01d90b02e58f042b26dbdce50f0829df14f0969bb19674e5e
 * - ror-companies/records.ndjson, sha256 be32156783a1d582ada72519a405021b0a3edc3435aa867cf8da7b261cdc0dec
 * Cross-validated by customer, at these thresholds (possible .5, certain .9):
 * - records: 1593 pairs, 1106 the same; flagged P 0.941 R 0.959 F1 0.950, certain P 0.980 R 0.850
 * - names: 1593 pairs, 1106 the same; flagged P 0.924 R 0.939 F1 0.932, certain P 0.965 R 0.654
 * - list: 168826 pairs, 10577 the same; flagged P 0.883 R 0.535 F1 0.666, certain P 0.991 R 0.341
 * - typed: 119275 pairs, 2770 the same; flagged P 0.878 R 0.871 F1 0.874, certain P 0.994 R 0.718
 */
export const fieldsV2: Weights = {
  version: 'fields-v2',
  prior: -0.56,
  fields: {
    address: {
      elsewhere: -0.53,
      'same-building': 0.99,
      'same-city': -1.65,
      'same-postcode': -1.32,
      'same-street': -0.92,
    },
    domain: {
      different: -0.85,
      equal: 3.06,
      'same-word': -0.07,
    },
    firstWord: {
      different: -1.13,
      equal: 0.46,
      similar: 0.21,
    },
    legalForm: {
      different: -0.38,
      equal: 0.48,
      'one-side': 0.01,
    },
    letters: {
      all: 0.83,
      'from-15%': -0.52,
      'from-30%': -0.52,
      'from-45%': -0.47,
      'from-55%': -0.36,
      'from-65%': -0.35,
      'from-75%': -0.2,
      'from-82%': -0.19,
      'from-88%': 0.07,
      'from-94%': 0.32,
      'under-15%': -0.52,
    },
    name: {
      different: -1.21,
      equal: 1.33,
      'from-20%': -0.23,
      'from-35%': -0.05,
      'from-5%': -1.21,
      'from-50%': 0.14,
      'from-62%': 0.17,
      'from-74%': 0.34,
      'from-84%': 0.85,
      'from-92%': 1.14,
    },
    nameLength: {
      'from-14': -0.47,
      'from-4': -0.6,
      'from-6': -0.4,
      'from-9': -0.38,
      'under-4': -0.56,
    },
    namePart: {
      'other-name': -0.2,
      shortened: -2.51,
    },
    namePlace: {
      different: -0.76,
    },
    numbers: {
      different: -2.34,
      'one-side': -1.34,
    },
    otherWords: {
      'common+common': -0.64,
      'common+telling': -0.64,
      'common+usual': -0.63,
      'none+common': 1.05,
      'none+none': 1.79,
      'none+place': 1.35,
      'none+telling': 1.05,
      'none+usual': 1.05,
      'place+common': -0.14,
      'place+place': -0.09,
      'place+telling': -1.42,
      'place+usual': -0.14,
      'telling+telling': -1.47,
      'usual+telling': -0.64,
      'usual+usual': -0.63,
    },
    phone: {
      different: -0.54,
      equal: 1.53,
      'equal-toll-free': 0.23,
      'same-line': 0.2,
    },
    sharedWords: {
      common: -1.69,
      'many-rare': 1.21,
      none: -2.15,
      rare: 0.71,
      'rare-and-more': 1.21,
      'two-rare': 1.21,
      usual: -0.93,
      'very-common': -2.15,
    },
    spelling: {
      'abbreviated-alone': -1.68,
      'abbreviated-beside-more': 0.68,
      'abbreviated-beside-some': -0.02,
      acronym: 0.85,
      'close-alone': 0.02,
      'close-beside-more': 0.75,
      'close-beside-some': 1.22,
      'far-alone': -1.68,
      'far-beside-more': 0.68,
      'far-beside-some': 0.01,
      'near-alone': 0.02,
      'near-beside-more': 0.68,
      'near-beside-some': 0.58,
      'off-alone': -0.77,
      'off-beside-more': 0.68,
      'off-beside-some': 0.34,
      'sounds-alike-alone': 0.38,
      'sounds-alike-beside-more': 0.75,
      'sounds-alike-beside-some': 1.22,
    },
    registryId: {
      equal: 8,
      different: -6,
    },
    country: {
      equal: 0,
      different: -6.5,
    },
  },
};
