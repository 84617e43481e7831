import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The node's own program, compiled for one test file: tests do not wait for a build. */
export function compileNode(): { main: string; remove: () => void } {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'embedded-eventstore-'));
  const sources = join(root, 'libs/embedded-eventstore');
  const options = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8')) as object;
  for (const file of readdirSync(sources).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))) {
    const { code } = transformSync(readFileSync(join(sources, file), 'utf8'), {
      ...options,
      swcrc: false,
      sourceMaps: false,
      filename: file,
    });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), code);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return { main: join(folder, 'main.js'), remove: () => rmSync(folder, { recursive: true }) };
}

export interface ChildNode {
  readonly child: ChildProcess;
  /** Exit code (null after a signal) and what it said on stderr. */
  readonly exited: Promise<{ code: number | null; stderr: string }>;
  /** The connection string of the line `ready …`; rejects if the node ends without it. */
  readonly ready: Promise<string>;
}

export function startChildNode(main: string, args: readonly string[], program = process.execPath): ChildNode {
  const child = spawn(program, [main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = new Promise<{ code: number | null; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stderr })),
  );
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const url = /^ready (\S+)\n/.exec(stdout)?.[1];
      if (url) resolve(url);
    });
    void exited.then(({ code }) => reject(new Error(`the node ended with ${code}: ${stderr}`)));
  });
  // a test that expects the node to fail looks at `exited` only
  ready.catch(() => undefined);
  return { child, exited, ready };
}
