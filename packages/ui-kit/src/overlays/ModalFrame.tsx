import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';

export interface Closing {
  close: () => void;
}

interface ModalFrameProps {
  kind: 'dialog' | 'drawer';
  size: string;
  side?: string;
  role: 'dialog' | 'alertdialog';
  isOpen: boolean | undefined;
  onOpenChange: ((isOpen: boolean) => void) | undefined;
  isDismissable: boolean;
  isKeyboardDismissDisabled: boolean;
  children: (options: Closing) => ReactNode;
}

/** The veil over the page and the surface on it; what is inside is mounted only while it is open. */
export function ModalFrame({
  kind,
  size,
  side,
  role,
  isOpen,
  onOpenChange,
  isDismissable,
  isKeyboardDismissDisabled,
  children,
}: ModalFrameProps) {
  return (
    <ModalOverlay
      className="alga-ModalOverlay"
      data-kind={kind}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={isKeyboardDismissDisabled}
    >
      <Modal className="alga-Modal" data-kind={kind} data-size={size} data-side={side}>
        <AriaDialog className="alga-Dialog" role={role}>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
