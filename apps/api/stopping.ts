/** Whether the process has been told to end: unready from then on, while it still answers what is under way. */
export class Stopping {
  begun = false;
}
