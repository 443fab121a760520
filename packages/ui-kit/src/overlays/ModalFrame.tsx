import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Dialog as AriaDialog,
  Heading,
  Modal,
  ModalOverlay,
  Text,
} from 'react-aria-components';
import { useMessages } from '../theme/messages.ts';

export interface Closing {
  close: () => void;
}

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
  /** Whether a press outside closes it too; `true` unless given. Escape always does, unless `isKeyboardDismissDisabled`. */
  isDismissable?: boolean;
  isKeyboardDismissDisabled?: boolean;
  role?: 'dialog' | 'alertdialog';
}

interface ModalFrameProps extends ModalProps {
  kind: 'dialog' | 'drawer';
  size: string;
  side?: string;
  /** No close button: for questions that want an answer. */
  isCloseHidden?: boolean;
}

export function ModalFrame({
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
  isKeyboardDismissDisabled = false,
  isCloseHidden = false,
  role = 'dialog',
}: ModalFrameProps) {
  const messages = useMessages();
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
          {({ close }) => (
            <>
              <header className="alga-Dialog-header">
                <div className="alga-Dialog-titles">
                  <Heading slot="title" className="alga-Dialog-title">
                    {title}
                  </Heading>
                  {description !== undefined && (
                    <Text slot="description" className="alga-Dialog-description" elementType="p">
                      {description}
                    </Text>
                  )}
                </div>
                {!isCloseHidden && (
                  <AriaButton
                    slot="close"
                    aria-label={messages.close}
                    className="alga-Button alga-IconButton"
                    data-variant="ghost"
                    data-size="sm"
                  >
                    <X aria-hidden="true" />
                  </AriaButton>
                )}
              </header>
              {children !== undefined && (
                <div className="alga-Dialog-body">
                  {typeof children === 'function' ? children({ close }) : children}
                </div>
              )}
              {footer !== undefined && (
                <footer className="alga-Dialog-footer">
                  {typeof footer === 'function' ? footer({ close }) : footer}
                </footer>
              )}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
