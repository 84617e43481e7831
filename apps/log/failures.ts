/** Ends the run; its message is the one line for the user. */
export class CannotFinish extends Error {}
