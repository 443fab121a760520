import type { ConfirmRequest } from '@alga/host-bridge';
import { Button, Dialog, Text } from '@alga/ui-kit';
import { useCallback, useState } from 'react';
import { texts } from '../texts.ts';

/** A question of a frame, and where the answer goes. */
export interface Asked {
  readonly question: ConfirmRequest;
  readonly answer: (confirmed: boolean) => void;
}

/** The open question, and the way to ask one. A question whose frame is gone goes too. */
export function useQuestions() {
  const [asked, setAsked] = useState<Asked>();
  const ask = useCallback(
    (question: ConfirmRequest, signal: AbortSignal) =>
      new Promise<boolean>((resolve) => {
        const answer = (confirmed: boolean) => {
          setAsked(undefined);
          resolve(confirmed);
        };
        signal.addEventListener(
          'abort',
          () => {
            answer(false);
          },
          { once: true },
        );
        setAsked({ question, answer });
      }),
    [],
  );
  return [asked, ask] as const;
}

/** Draws the question outside the frame, and says which extension asks. */
export function FrameQuestion({ from, asked }: { readonly from: string; readonly asked: Asked }) {
  const { question, answer } = asked;
  return (
    <Dialog
      isOpen
      isDismissable={false}
      title={question.title}
      description={texts.open.asks(from)}
      onOpenChange={() => {
        answer(false);
      }}
      footer={
        <>
          <Button
            autoFocus
            onPress={() => {
              answer(false);
            }}
          >
            {question.cancel_label ?? texts.app.cancel}
          </Button>
          <Button
            variant={question.danger === true ? 'danger' : 'primary'}
            onPress={() => {
              answer(true);
            }}
          >
            {question.confirm_label ?? texts.open.ok}
          </Button>
        </>
      }
    >
      <Text>{question.message}</Text>
    </Dialog>
  );
}
