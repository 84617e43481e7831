import type { Weights } from './weights.js';

/**
 * Learned by `npm run matching:train` on 2026-12-01, not to be edited; docs/matching.md says how. From
 * - overture-dev/pairs.csv, sha256 ca5f82aa696c72e01d90b02e58f042b26dbdce50f0829df14f0969bb19674e5e
 * - ror-companies/records.ndjson, sha256 be32156783a1d582ada72519a405021b0a3edc3435aa867cf8da7b261cdc0dec
 * Cross-validated by customer, at these thresholds (possible .5, certain .9):
 * - records: 1593 pairs, 1106 the same; flagged P 0.951 R 0.958 F1 0.954, certain P 0.981 R 0.860
 * - names: 1593 pairs, 1106 the same; flagged P 0.924 R 0.940 F1 0.932, certain P 0.971 R 0.675
 * - list: 169099 pairs, 10575 the same; flagged P 0.899 R 0.536 F1 0.672, certain P 0.990 R 0.354
 * - typed: 119280 pairs, 2770 the same; flagged P 0.894 R 0.892 F1 0.893, certain P 0.993 R 0.726
 */
export const fieldsV3: Weights = {
  version: 'fields-v3',
  prior: -0.79,
  fields: {
    address: {
      elsewhere: -0.18,
      'same-building': 1.11,
      'same-city': -1.7,
      'same-postcode': -1.55,
      'same-street': -0.49,
    },
    country: {
      equal: 0,
      different: -6.5,
    },
    domain: {
      different: -1.01,
      equal: 3.06,
      'same-word': -0.03,
    },
    firstWord: {
      different: -1.04,
      equal: 0.71,
      similar: -0.72,
    },
    legalForm: {
      different: -0.46,
      equal: 0.48,
      'one-side': -0.02,
    },
    name: {
      different: -1.77,
      equal: 2.59,
      'from-20%': -0.58,
      'from-35%': -0.51,
      'from-5%': -1.77,
      'from-50%': -0.28,
      'from-62%': -0.26,
      'from-74%': -0.12,
      'from-84%': 0.32,
      'from-92%': 1.75,
      'other-script': -0.21,
    },
    namePart: {
      'other-name': -0.15,
      shortened: -0.53,
    },
    namePlace: {
      different: -3.5,
      'one-side': -1.33,
    },
    numbers: {
      different: -3.5,
      'one-side': -1.11,
    },
    otherWords: {
      'common+common': -0.49,
      'common+telling': -0.49,
      'common+usual': -0.46,
      'none+common': 1.19,
      'none+none': 1.09,
      'none+place': 1.66,
      'none+telling': 1.19,
      'none+usual': 1.19,
      'place+common': -0.46,
      'place+place': -0.13,
      'place+telling': -1.06,
      'place+usual': -0.46,
      'telling+telling': -1.38,
      'usual+telling': -0.71,
      'usual+usual': -0.46,
    },
    phone: {
      different: -0.62,
      equal: 1.24,
      'equal-toll-free': 0.82,
      'same-line': 0.32,
    },
    sharedWords: {
      common: -1.84,
      'many-rare': 0.88,
      none: -2.18,
      rare: 0.16,
      'rare-and-more': 0.87,
      'two-rare': 0.88,
      usual: -0.8,
      'very-common': -2.18,
    },
    spelling: {
      'abbreviated-alone': -2.3,
      'abbreviated-amid-others': -3.4,
      'abbreviated-beside-more': 0.38,
      'abbreviated-beside-some': -0.98,
      acronym: 0.6,
      'acronym-beside': 0.1,
      'close-alone': -0.16,
      'close-amid-others': -1.46,
      'close-beside-more': 0.57,
      'close-beside-some': -0.04,
      'far-alone': -2.3,
      'far-amid-others': -3.4,
      'far-beside-more': 0.38,
      'far-beside-some': -0.28,
      'near-alone': -0.23,
      'near-amid-others': -2.03,
      'near-beside-more': 0.51,
      'near-beside-some': -0.04,
      'off-alone': -1.27,
      'off-amid-others': -3,
      'off-beside-more': 0.38,
      'off-beside-some': -0.07,
      'slip-alone': 0.55,
      'slip-amid-others': -1.46,
      'slip-beside-more': 0.67,
      'slip-beside-some': -0.04,
    },
    registryId: {
      equal: 8,
      different: -6,
    },
  },
};
