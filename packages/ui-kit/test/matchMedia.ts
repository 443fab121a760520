type Listener = () => void;

const matching = new Set<string>();
const listeners = new Set<Listener>();

/** Stands in for `matchMedia`, which jsdom lacks: a query matches once a test has said so. */
export const matchMediaStub = {
  reset(): void {
    matching.clear();
    listeners.clear();
    window.matchMedia = (query) =>
      ({
        media: query,
        get matches() {
          return matching.has(query);
        },
        addEventListener: (_: string, listener: Listener) => listeners.add(listener),
        removeEventListener: (_: string, listener: Listener) => listeners.delete(listener),
      }) as unknown as MediaQueryList;
  },
  set(query: string, matches: boolean): void {
    if (matches) matching.add(query);
    else matching.delete(query);
    for (const listener of listeners) listener();
  },
};
