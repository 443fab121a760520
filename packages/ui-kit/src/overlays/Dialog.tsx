import { ModalSurface } from './ModalSurface.tsx';
import type { ModalProps } from './modalProps.ts';

export { DialogTrigger } from 'react-aria-components';

export interface DialogProps extends ModalProps {
  /** Greatest width: `sm` 400 px, `md` 520 px (unless given), `lg` 720 px. */
  size?: 'sm' | 'md' | 'lg';
}

/** A modal dialog: the focus stays in it, and goes back to where it was when it closes. */
export function Dialog({ size = 'md', ...props }: DialogProps) {
  return <ModalSurface {...props} kind="dialog" size={size} />;
}
