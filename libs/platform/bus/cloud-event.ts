import type { Recorded } from '../event-store/event-store.js';
import type { BusMessage } from './bus.js';
import type { PublicMessage } from './messages.js';

/** `tiebreak.registrations.v1` */
export const topicOf = (prefix: string, slice: string): string => `${prefix}.${slice}.v1`;

/** The `$id` of the JSON Schema of a message's data, e.g. of docs/schemas/registration.submitted.v1.json. */
export const schemaId = (type: string): string => `urn:tiebreak:schema:${type}`;

/** The message of an event as a CloudEvent 1.0 in binary mode. */
export const cloudEvent = (topic: string, event: Recorded, message: PublicMessage): BusMessage => ({
  topic,
  key: message.subject,
  headers: {
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_source: `/tiebreak/${encodeURIComponent(event.stream.vendor)}`,
    ce_type: message.type,
    ce_subject: message.subject,
    ce_time: event.at,
    ce_dataschema: schemaId(message.type),
    'content-type': 'application/json',
    ...(event.metadata.traceparent && { traceparent: event.metadata.traceparent }),
  },
  value: message.data,
});
