declare module 'email-providers' {
  /** Domains at which anybody may have an address. */
  const all: readonly string[];
  export default all;
}
