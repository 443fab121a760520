import type { Channel } from './channel.ts';

// Below what hosts take, so that an animated height is never refused.
const MIN_INTERVAL_MS = 50;

/** Keeps the frame as high as the page's content. The result stops it. */
export function autoResize(channel: Channel, root: HTMLElement): () => void {
  let told = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = () => {
    timer = undefined;
    const height = Math.ceil(root.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    channel.tell('resize', { height });
  };
  const observer = new ResizeObserver(() => {
    timer ??= setTimeout(tell, MIN_INTERVAL_MS);
  });
  observer.observe(root);
  return () => {
    observer.disconnect();
    clearTimeout(timer);
  };
}
