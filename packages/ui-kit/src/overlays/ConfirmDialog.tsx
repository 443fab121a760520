import { useState, type ReactNode } from 'react';
import { Button } from '../actions/Button.tsx';
import { Alert } from '../feedback/Alert.tsx';
import { Input } from '../forms/Input.tsx';
import { useMessages } from '../theme/messages.ts';
import { ModalFrame } from './ModalFrame.tsx';

export interface ConfirmDialogProps {
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
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}

/** Asks before something that matters; a press outside does not close it. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  tone = 'default',
  typeToConfirm,
  onConfirm,
  isOpen,
  onOpenChange,
}: ConfirmDialogProps) {
  const messages = useMessages();
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [typed, setTyped] = useState('');
  const isBlocked = typeToConfirm !== undefined && typed !== typeToConfirm.text;

  const confirm = async (close: () => void) => {
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
    <ModalFrame
      kind="dialog"
      size="sm"
      role="alertdialog"
      title={title}
      description={children}
      isOpen={isOpen}
      onOpenChange={(open) => {
        setTyped('');
        setFailure(undefined);
        onOpenChange?.(open);
      }}
      isDismissable={false}
      isKeyboardDismissDisabled={isPending}
      isCloseHidden
      footer={({ close }) => (
        <>
          <Button isDisabled={isPending} onPress={close} autoFocus={typeToConfirm === undefined}>
            {messages.cancel}
          </Button>
          <Button
            variant={tone === 'danger' ? 'danger' : 'primary'}
            isDisabled={isBlocked}
            isPending={isPending}
            onPress={() => void confirm(close)}
          >
            {confirmLabel}
          </Button>
        </>
      )}
    >
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
    </ModalFrame>
  );
}
