import type { ReactNode } from 'react';
import type { Closing } from './ModalFrame.tsx';

/** What Dialog and Drawer share. */
export interface ModalProps {
  title: ReactNode;
  /** One or two sentences under the title. */
  description?: ReactNode;
  children?: ReactNode | ((options: Closing) => ReactNode);
  /** Buttons, usually Cancel and one primary. */
  footer?: ReactNode | ((options: Closing) => ReactNode);
  /** Leave both out inside a `DialogTrigger`. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  /** Whether a press outside closes it too; `true` unless given. Escape does in any case. */
  isDismissable?: boolean;
}
