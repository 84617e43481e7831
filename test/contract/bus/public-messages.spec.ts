import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type AnySchemaObject } from 'ajv';
import { publicMessages } from '../../../apps/public-messages.js';
import { cloudEvent, schemaId, topicOf } from '../../../libs/platform/bus/cloud-event.js';
import { type PublicMessage, toldBy } from '../../../libs/platform/bus/messages.js';
import type { Recorded } from '../../../libs/platform/event-store/event-store.js';
import { asyncApi, type Schema } from './asyncapi.js';
import { rival, samples } from './sample-events.js';

const docs = join(import.meta.dirname, '../../../docs');
const folder = join(docs, 'schemas');

const recorded = (type: string, data: unknown): Recorded => ({
  type,
  data,
  id: '7a0f1f4e-5b1c-5d1e-8f55-0d7c3d1f2a10',
  stream: { category: 'registration', vendor: 'demo', id: 'r-1' },
  revision: 0,
  position: '17',
  at: '2026-01-15T09:00:00.000Z',
  actor: 'manager-1',
  metadata: {
    $correlationId: 'c',
    $causationId: 'c',
    commandId: 'c',
    at: '2026-01-15T09:00:00.000Z',
    actor: 'manager-1',
    vendor: 'demo',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    schema: 1,
  },
});

const told = publicMessages.flatMap((messages) =>
  Object.keys(messages.of).flatMap((type) =>
    (samples[type] ?? []).map((data) => {
      const event = recorded(type, data);
      return { slice: messages.slice, event, message: toldBy(messages, event)! };
    }),
  ),
);

/** Published schemas leave room for fields to come; what is published today has those they name and no others. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  return 'properties' in schema ? { ...inside, additionalProperties: false } : inside;
};

describe('public messages', () => {
  const schemas: Record<string, AnySchemaObject & Schema> = {};
  const ajv = new Ajv({ allowUnionTypes: true });
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
  ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
  ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/);
  beforeAll(async () => {
    for (const file of await readdir(folder)) {
      const schema = JSON.parse(await readFile(join(folder, file), 'utf8')) as AnySchemaObject & Schema;
      schemas[file.slice(0, -'.json'.length)] = schema;
      ajv.addSchema(closed(schema) as AnySchemaObject);
    }
  });
  const faultsOf = ({ type, data }: PublicMessage) => {
    const validate = ajv.getSchema(schemaId(type));
    if (!validate) return `${type} has no schema in docs/schemas`;
    // as a consumer has it: undefined is gone
    return validate(JSON.parse(JSON.stringify(data))) ? undefined : `${type}: ${ajv.errorsText(validate.errors)}`;
  };

  it('are sampled event by event', () => {
    const unsampled = publicMessages.flatMap(({ of }) => Object.keys(of)).filter((type) => !samples[type]?.length);
    expect(unsampled).toEqual([]);
  });

  it('are as their JSON Schemas say, and hold nothing else', () => {
    expect(told.flatMap(({ message }) => faultsOf(message) ?? [])).toEqual([]);
  });

  it('are refused by their schemas where a field is missing or one too many', () => {
    const { message } = told.find(({ event }) => event.type === 'DirectClaimClosed')!;
    expect(faultsOf({ ...message, data: {} })).toContain("must have required property 'closedOn'");
    expect(faultsOf({ ...message, data: { ...message.data, more: 1 } })).toContain('additional properties');
    expect(faultsOf({ ...message, data: { closedOn: 'soon' } })).toContain('format');
    expect(faultsOf({ ...message, type: 'direct-claim.forgotten.v1' })).toContain('no schema');
  });

  it('have no schema that nothing is published by, and each type belongs to one event', () => {
    const types = new Set(told.map(({ message }) => message.type));
    expect(Object.keys(schemas).toSorted()).toEqual([...types].toSorted());
    expect(types.size).toBe(publicMessages.flatMap(({ of }) => Object.keys(of)).length);
    for (const [type, { $id, title }] of Object.entries(schemas)) expect([$id, title]).toEqual([schemaId(type), type]);
  });

  it("never tell a partner a rival's name", () => {
    const toPartners = told.filter(({ message }) => message.partnerIds.length > 0);
    expect(toPartners.length).toBeGreaterThan(10);
    expect(JSON.stringify(told.map(({ event }) => event))).toContain(rival);
    expect(JSON.stringify(toPartners.map(({ message }) => message))).not.toContain(rival);
  });

  it('become CloudEvents in binary mode', () => {
    const { slice, event, message } = told[0]!;
    expect(cloudEvent(topicOf('tiebreak', slice), event, message)).toEqual({
      topic: `tiebreak.${slice}.v1`,
      key: 'r-1',
      headers: {
        ce_specversion: '1.0',
        ce_id: event.id,
        ce_source: '/tiebreak/demo',
        ce_type: message.type,
        ce_subject: 'r-1',
        ce_time: '2026-01-15T09:00:00.000Z',
        ce_dataschema: `urn:tiebreak:schema:${message.type}`,
        'content-type': 'application/json',
        traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      },
      value: message.data,
    });
  });

  it('are described by docs/asyncapi.json as it is committed (UPDATE_DOCS=1 writes it)', async () => {
    const types: Record<string, string[]> = {};
    for (const { slice, message } of told) {
      const known = (types[slice] ??= []);
      if (!known.includes(message.type)) known.push(message.type);
    }
    const document = asyncApi(types, schemas);
    const file = join(docs, 'asyncapi.json');
    if (process.env['UPDATE_DOCS']) await writeFile(file, `${JSON.stringify(document, null, 2)}\n`);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(document);
  });
});
