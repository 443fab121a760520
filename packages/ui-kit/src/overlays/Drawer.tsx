import { ModalSurface } from './ModalSurface.tsx';
import type { ModalProps } from './modalProps.ts';

export interface DrawerProps extends ModalProps {
  /** `end` unless given: the right side where text runs from left to right. */
  side?: 'start' | 'end';
  /** Width: `sm` 320 px, `md` 440 px (unless given), `lg` 640 px; never wider than the window. */
  size?: 'sm' | 'md' | 'lg';
}

/** A modal panel at the side: for details and longer forms. Behaves as `Dialog` does. */
export function Drawer({ side = 'end', size = 'md', ...props }: DrawerProps) {
  return <ModalSurface {...props} kind="drawer" size={size} side={side} />;
}
