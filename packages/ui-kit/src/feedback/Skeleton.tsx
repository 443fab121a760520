import { join } from '../internal/className.ts';

export interface SkeletonProps {
  /** A CSS length; the whole width unless given. */
  width?: string;
  /** A CSS length; a line of text unless given. */
  height?: string;
  shape?: 'text' | 'box' | 'circle';
  className?: string;
}

/** Stands where content will be. Hidden from assistive technology: say `aria-busy` on what is loading. */
export function Skeleton({ width, height, shape = 'text', className }: SkeletonProps) {
  return (
    <span
      aria-hidden="true"
      className={join('alga-Skeleton', className)}
      data-shape={shape}
      style={{ width, height }}
    />
  );
}
