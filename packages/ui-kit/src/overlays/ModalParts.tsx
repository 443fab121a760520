import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Heading, Text } from 'react-aria-components';
import { useMessages } from '../theme/messages.ts';

interface ModalHeaderProps {
  title: ReactNode;
  description: ReactNode;
  hasCloseButton: boolean;
}

export function ModalHeader({ title, description, hasCloseButton }: ModalHeaderProps) {
  const messages = useMessages();
  return (
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
      {hasCloseButton && (
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
  );
}

export function ModalBody({ children }: { children: ReactNode }) {
  return <div className="alga-Dialog-body">{children}</div>;
}

export function ModalFooter({ children }: { children: ReactNode }) {
  return <footer className="alga-Dialog-footer">{children}</footer>;
}
