import type { Role } from '../platform/http/principal.js';
import { type ConflictCase, isOpen, type OpenCase } from './conflict.state.js';

export type CaseAction = 'assign' | 'request-evidence' | 'evidence' | 'adjudicate' | 'decide' | 'dismiss';

const submits = ({ request }: OpenCase): boolean => !request?.passed;

// while evidence is awaited nobody goes on
const managers = (state: OpenCase): readonly CaseAction[] => {
  const evidence: readonly CaseAction[] = submits(state) ? ['evidence'] : [];
  if (state.status === 'evidence-requested') return ['assign', ...evidence];
  const decide: readonly CaseAction[] = state.status === 'under-adjudication' && state.current ? ['decide'] : [];
  return ['assign', 'request-evidence', ...evidence, 'adjudicate', ...decide, 'dismiss'];
};

/** The verbs that `role` may use on the case as it is. */
export const caseActions = (state: ConflictCase, role: Role): readonly CaseAction[] => {
  if (!isOpen(state) || role === 'auditor') return [];
  if (role === 'partner' || role === 'partner-admin') return submits(state) ? ['evidence'] : [];
  return managers(state);
};

/** What the case waits for; null once it has ended. */
export const nextStep = (state: ConflictCase): CaseAction | null => {
  if (!isOpen(state)) return null;
  switch (state.status) {
    case 'detected':
      return 'assign';
    case 'open':
      return 'adjudicate';
    case 'evidence-requested':
      return 'evidence';
    case 'under-adjudication':
      return state.current ? 'decide' : 'adjudicate';
  }
};
