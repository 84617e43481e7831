const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '@swc/jest' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

/** `quick` is `npm test`; `deep` holds the long forms that CI runs after it (`*.deep.spec.ts`). */
export default {
  projects: [
    {
      ...shared,
      displayName: 'quick',
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.deep\\.spec\\.ts$'],
    },
    { ...shared, displayName: 'deep', testMatch: ['**/*.deep.spec.ts'] },
  ],
  // a worker that loads Nest several times over is renewed before it weighs on the machine
  workerIdleMemoryLimit: '1GB',
  reporters: ['default', './test/support/counting-reporter.js'],
  testTimeout: 60_000,
};
