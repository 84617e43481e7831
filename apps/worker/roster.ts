import type { CommandBus } from '@nestjs/cqrs';
import type { DataSource } from 'typeorm';
import { conflictsProcessors } from '../../libs/conflicts/conflicts.processors.js';
import { customersProcessors } from '../../libs/customers/customers.processors.js';
import { exclusivityProcessors } from '../../libs/exclusivity/exclusivity.processors.js';
import { candidateVacuum } from '../../libs/matching/candidate-vacuum.js';
import type { Bus } from '../../libs/platform/bus/bus.js';
import type { Clock } from '../../libs/platform/clock.js';
import type { EventStore } from '../../libs/platform/event-store/event-store.js';
import type { WorkerRole } from '../../libs/platform/config.js';
import { idempotencySweep } from '../../libs/platform/http/idempotency.js';
import type { Alarm, Processor, Sweep } from '../../libs/platform/processors/processor.js';
import { viewProcessor } from '../../libs/platform/processors/view.js';
import type { PolicyBook } from '../../libs/policy/policy-book.js';
import { registrationsProcessors } from '../../libs/registrations/registrations.processors.js';
import { screeningProcessors } from '../../libs/screening/screening.processors.js';
import { views } from '../schema.js';
import { publishers } from './publishers.js';

/** Everything that a worker does. */
export type Roster = {
  readonly processors: readonly Processor[];
  readonly alarms: readonly Alarm[];
  readonly sweeps: readonly Sweep[];
};

export type RosterParts = {
  readonly database: DataSource;
  readonly store: EventStore;
  readonly commands: CommandBus;
  readonly clock: Clock;
  readonly policies: PolicyBook;
  readonly bus: Bus;
  readonly topicPrefix: string;
};

type Slice = {
  readonly reactors?: readonly Processor[];
  readonly alarms?: readonly Alarm[];
  readonly sweeps?: readonly Sweep[];
};

/** What the given roles keep going. */
export const rosterOf = (
  roles: readonly WorkerRole[],
  { database, store, commands, clock, policies, bus, topicPrefix }: RosterParts,
): Roster => {
  const slices: readonly Slice[] = [
    screeningProcessors(commands, store, clock, policies),
    registrationsProcessors(commands),
    customersProcessors(commands, store, clock),
    conflictsProcessors(commands, clock),
    exclusivityProcessors(commands, store, clock),
    { sweeps: [idempotencySweep, candidateVacuum] },
  ];
  const processors = [
    ...views.map((view) => viewProcessor(view, database)),
    ...slices.flatMap(({ reactors = [] }) => reactors),
    ...publishers(bus, { topicPrefix }),
  ];
  const keepsTime = roles.includes('clock');
  return {
    processors: processors.filter(({ role }) => roles.includes(role)),
    alarms: keepsTime ? slices.flatMap(({ alarms = [] }) => alarms) : [],
    sweeps: keepsTime ? slices.flatMap(({ sweeps = [] }) => sweeps) : [],
  };
};
