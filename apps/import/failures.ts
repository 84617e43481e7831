/** The run can't be finished; the message is the one line that is shown. */
export class CannotFinish extends Error {}

/** This row can't be sent as it is; the others can. */
export class RowFault extends Error {
  constructor(
    readonly code: `import.${string}`,
    detail: string,
  ) {
    super(detail);
  }
}
