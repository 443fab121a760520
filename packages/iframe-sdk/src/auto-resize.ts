import type { Channel } from './channel.ts';

/** Keeps the frame as high as the page's content. The result stops it. */
export function autoResize(channel: Channel, root: HTMLElement): () => void {
  let told = -1;
  let frame = 0;
  const tell = () => {
    frame = 0;
    const height = Math.ceil(root.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    channel.tell('resize', { height });
  };
  // Once a frame at most: a transition changes the height many times.
  const observer = new ResizeObserver(() => {
    if (frame === 0) frame = requestAnimationFrame(tell);
  });
  observer.observe(root);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}
