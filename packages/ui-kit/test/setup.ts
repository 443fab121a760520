import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { matchMediaStub } from './matchMedia.ts';

// What jsdom lacks: it has no layout, so nothing ever changes size.
class NoResizes implements ResizeObserver {
  observe(): void {
    // Nothing to watch.
  }
  unobserve(): void {
    // Nothing to watch.
  }
  disconnect(): void {
    // Nothing to watch.
  }
}
globalThis.ResizeObserver = NoResizes;

beforeEach(() => {
  matchMediaStub.reset();
});

afterEach(() => {
  cleanup();
  delete document.documentElement.dataset['theme'];
});
