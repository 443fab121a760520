import { useState, type ReactNode } from 'react';
import { Button } from '../actions/Button.tsx';
import { Alert } from '../feedback/Alert.tsx';
import { Input } from '../forms/Input.tsx';
import { useMessages } from '../theme/messages.ts';
import { ModalFrame } from './ModalFrame.tsx';
import { ModalBody, ModalFooter, ModalHeader } from './ModalParts.tsx';

interface Question {
  /** The question. */
  title: string;
  /** What will happen. */
  children?: ReactNode;
  /** What the confirming button does, as a verb: "Delete", not "OK". */
  confirmLabel: string;
  tone?: 'default' | 'danger';
  /** For what cannot be undone: the exact text that must be typed first. */
  typeToConfirm?: { text: string; label: string };
  /** Closes when the promise resolves; when it rejects, stays open and shows the error's message. */
  onConfirm: () => void | Promise<void>;
}

export interface ConfirmDialogProps extends Question {
  /** Leave both out inside a `DialogTrigger`. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** Asks before something that matters; a press outside does not close it. */
export function ConfirmDialog({ isOpen, onOpenChange, ...question }: ConfirmDialogProps) {
  const [isPending, setPending] = useState(false);
  return (
    <ModalFrame
      kind="dialog"
      size="sm"
      role="alertdialog"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={false}
      isKeyboardDismissDisabled={isPending}
    >
      {({ close }) => (
        <ConfirmContent {...question} close={close} isPending={isPending} setPending={setPending} />
      )}
    </ModalFrame>
  );
}

interface ConfirmContentProps extends Question {
  close: () => void;
  isPending: boolean;
  setPending: (isPending: boolean) => void;
}

function ConfirmContent({
  title,
  children,
  confirmLabel,
  tone = 'default',
  typeToConfirm,
  onConfirm,
  close,
  isPending,
  setPending,
}: ConfirmContentProps) {
  const messages = useMessages();
  const [failure, setFailure] = useState<string>();
  const [typed, setTyped] = useState('');

  const confirm = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      await onConfirm();
      close();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setPending(false);
    }
  };

  return (
    <>
      <ModalHeader title={title} description={children} hasCloseButton={false} />
      {(failure !== undefined || typeToConfirm !== undefined) && (
        <ModalBody>
          {failure !== undefined && (
            <Alert tone="danger" isLive>
              {failure}
            </Alert>
          )}
          {typeToConfirm && (
            <Input
              label={typeToConfirm.label}
              value={typed}
              onChange={setTyped}
              autoFocus
              autoComplete="off"
              spellCheck="false"
            />
          )}
        </ModalBody>
      )}
      <ModalFooter>
        <Button isDisabled={isPending} onPress={close} autoFocus={typeToConfirm === undefined}>
          {messages.cancel}
        </Button>
        <Button
          variant={tone === 'danger' ? 'danger' : 'primary'}
          isDisabled={typeToConfirm !== undefined && typed !== typeToConfirm.text}
          isPending={isPending}
          onPress={() => void confirm()}
        >
          {confirmLabel}
        </Button>
      </ModalFooter>
    </>
  );
}
