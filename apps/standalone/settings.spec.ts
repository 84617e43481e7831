import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

describe('the settings of the quick start', () => {
  it('take what is empty for unset', () => {
    const settings = readSettings({
      PORT: ' ',
      DATA_DIR: '',
      EVENTSTORE_URL: '',
      DATABASE_URL_FILE: '',
      PORT_FILE: '',
    });
    expect(settings).toMatchObject({ port: 3000, embeddedLog: true, embeddedPostgres: true });
  });

  it.each(['PORT', 'DATA_DIR', 'DEMO'])('refuse %s given as a file, in one line', (name) => {
    expect(() => readSettings({ [`${name}_FILE`]: '/run/secrets/it' })).toThrow(
      new RegExp(`^${name}_FILE is set, and the quick start reads no file for it: set ${name}$`),
    );
  });

  it('leave a log or a database named in a file to the user', () => {
    const settings = readSettings({ EVENTSTORE_URL_FILE: '/run/secrets/log', DATABASE_URL: 'postgres://here' });
    expect(settings).toMatchObject({ embeddedLog: false, embeddedPostgres: false });
  });
});
