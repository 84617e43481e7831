import type { CommandBus } from '@nestjs/cqrs';
import type { Alarm, View } from '../platform/processors/processor.js';
import { protectionDeadlines } from './protection-deadline.view.js';
import { endingProtection, lateReview } from './registration-alarms.js';
import { registrationList } from './registration-list.view.js';
import { reviewDeadlines } from './review-deadline.view.js';
import { reviewQueue } from './review-queue.view.js';

export const registrationsViews: View[] = [registrationList, reviewQueue, reviewDeadlines, protectionDeadlines];

export const registrationsProcessors = (bus: CommandBus): { readonly alarms: Alarm[] } => ({
  alarms: [lateReview(bus), endingProtection(bus)],
});
