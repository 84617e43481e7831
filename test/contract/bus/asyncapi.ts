import { topicOf } from '../../../libs/platform/bus/cloud-event.js';

export type Schema = { readonly title: string; readonly description: string };

const attribute = (description: string, more: object = {}) => ({ type: 'string', description, ...more });

const headers = {
  type: 'object',
  required: [
    'ce_specversion',
    'ce_id',
    'ce_source',
    'ce_type',
    'ce_subject',
    'ce_time',
    'ce_dataschema',
    'content-type',
  ],
  properties: {
    ce_specversion: attribute('CloudEvents 1.0, binary mode', { const: '1.0' }),
    ce_id: attribute("The event's id: what comes twice is dropped by it", { format: 'uuid' }),
    ce_source: attribute('/tiebreak/<vendor>', { format: 'uri-reference' }),
    ce_type: attribute('The name of the message'),
    ce_subject: attribute('The id of the thing, also the key'),
    ce_time: attribute('When it was decided', { format: 'date-time' }),
    ce_dataschema: attribute('The $id of the JSON Schema of the value', { format: 'uri' }),
    'content-type': attribute('Of the value', { const: 'application/json' }),
    traceparent: attribute('W3C trace context of the request that led to it'),
  },
};

/** docs/asyncapi.json, from the schemas of docs/schemas; `types` by slice. */
export const asyncApi = (
  types: Readonly<Record<string, readonly string[]>>,
  schemas: Readonly<Record<string, Schema>>,
): object => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Tiebreak: public messages',
    version: '1.0.0',
    license: { name: 'Apache-2.0' },
    description:
      'What Tiebreak tells the outside: at least once, in order per key. Consumers drop repeats by ce_id and ignore ' +
      'types and fields they do not know; a change that they could not ignore is a new version of the type.',
  },
  defaultContentType: 'application/json',
  channels: Object.fromEntries(
    Object.keys(types).map((slice) => [
      slice,
      {
        address: topicOf('{topicPrefix}', slice),
        parameters: { topicPrefix: { description: 'TOPIC_PREFIX of the installation', default: 'tiebreak' } },
        messages: Object.fromEntries(types[slice]!.map((type) => [type, { $ref: `#/components/messages/${type}` }])),
      },
    ]),
  ),
  operations: Object.fromEntries(
    Object.keys(types).map((slice) => [
      `publish-${slice}`,
      { action: 'send', channel: { $ref: `#/channels/${slice}` } },
    ]),
  ),
  components: {
    messages: Object.fromEntries(
      Object.values(types)
        .flat()
        .map((type) => [
          type,
          {
            name: type,
            title: schemas[type]?.description,
            contentType: 'application/json',
            headers: {
              allOf: [{ $ref: '#/components/schemas/cloudEvent' }, { properties: { ce_type: { const: type } } }],
            },
            payload: { $ref: `./schemas/${type}.json` },
            bindings: { kafka: { key: { type: 'string', description: 'The id of the thing' } } },
          },
        ]),
    ),
    schemas: { cloudEvent: headers },
  },
});
