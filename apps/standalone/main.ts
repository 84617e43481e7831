import { start } from './start.js';

void start(process.env, process.argv);
