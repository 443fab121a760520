import type { ReactNode } from 'react';
import { ModalFrame, type Closing } from './ModalFrame.tsx';
import { ModalBody, ModalFooter, ModalHeader } from './ModalParts.tsx';
import type { ModalProps } from './modalProps.ts';

interface ModalSurfaceProps extends ModalProps {
  kind: 'dialog' | 'drawer';
  size: string;
  side?: string;
}

/** Dialog and Drawer differ in where they stand only. */
export function ModalSurface({
  kind,
  size,
  side,
  title,
  description,
  children,
  footer,
  isOpen,
  onOpenChange,
  isDismissable = true,
}: ModalSurfaceProps) {
  return (
    <ModalFrame
      kind={kind}
      size={size}
      side={side}
      role="dialog"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={false}
    >
      {(closing) => (
        <>
          <ModalHeader title={title} description={description} hasCloseButton />
          {children !== undefined && <ModalBody>{render(children, closing)}</ModalBody>}
          {footer !== undefined && <ModalFooter>{render(footer, closing)}</ModalFooter>}
        </>
      )}
    </ModalFrame>
  );
}

function render(content: ReactNode | ((options: Closing) => ReactNode), closing: Closing): ReactNode {
  return typeof content === 'function' ? content(closing) : content;
}
