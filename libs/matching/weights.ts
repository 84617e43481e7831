import { fieldsV1 } from './weights-fields-v1.js';
import { fieldsV2 } from './weights-fields-v2.js';
import { fieldsV3 } from './weights-fields-v3.js';

export type Weights = {
  readonly version: string;
  /** Natural log-odds before anything was compared. */
  readonly prior: number;
  /** Natural log-odds by field and level. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

export const currentWeights: Weights = fieldsV3;
export const weightsVersion = currentWeights.version;

const versions: ReadonlyMap<string, Weights> = new Map(
  [fieldsV1, fieldsV2, fieldsV3].map((each) => [each.version, each]),
);

/** The weights that an event's `weightsVersion` names; none where it was never released. */
export const weightsOf = (version: string): Weights | undefined => versions.get(version);

export const weightOf = ({ fields }: Weights, field: string, level: string): number => fields[field]?.[level] ?? 0;
