const CACHE_BYTES = 8 << 20;

interface Written {
  readonly stream: string;
  readonly revision: number;
}

const sizeOf = (stream: string) => 28 + 2 * stream.length;

/** The ids of recent events, about 8 MiB of them; the first place an id was written to counts. */
export function recentIds(): {
  find(id: string): Written | undefined;
  add(id: string, stream: string, revision: number): void;
} {
  const ids = new Map<string, Written>();
  let bytes = 0;
  return {
    find: (id) => ids.get(id),
    add(id, stream, revision) {
      if (ids.has(id)) return;
      ids.set(id, { stream, revision });
      bytes += sizeOf(stream);
      for (const [oldest, written] of ids) {
        if (bytes <= CACHE_BYTES) break;
        ids.delete(oldest);
        bytes -= sizeOf(written.stream);
      }
    },
  };
}
