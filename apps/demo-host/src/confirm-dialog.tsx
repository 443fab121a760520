import type { ConfirmRequest } from '@alga/host-bridge';
import { useCallback, useEffect, useRef, useState } from 'react';

/** A question, who asks it, and where the answer goes. */
export interface Asked {
  readonly from: string;
  readonly question: ConfirmRequest;
  readonly answer: (confirmed: boolean) => void;
}

/** The open question, and the way to ask one. A question whose frame is gone goes too. */
export function useConfirm() {
  const [asked, setAsked] = useState<Asked>();

  const ask = useCallback(
    (from: string, question: ConfirmRequest, signal: AbortSignal) =>
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
        setAsked({ from, question, answer });
      }),
    [],
  );

  return [asked, ask] as const;
}

/** Draws the question. It says which extension asks, so that none can speak for the host. */
export function ConfirmDialog({ from, question, answer }: Asked) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    <dialog
      ref={dialog}
      aria-labelledby="confirm-title"
      aria-describedby="confirm-message"
      onCancel={() => {
        answer(false);
      }}
    >
      <p className="from">{from} asks</p>
      <h2 id="confirm-title">{question.title}</h2>
      <p id="confirm-message">{question.message}</p>
      <div className="actions">
        <button
          type="button"
          autoFocus
          onClick={() => {
            answer(false);
          }}
        >
          {question.cancel_label ?? 'Cancel'}
        </button>
        <button
          type="button"
          className={question.danger === true ? 'danger' : 'primary'}
          onClick={() => {
            answer(true);
          }}
        >
          {question.confirm_label ?? 'OK'}
        </button>
      </div>
    </dialog>
  );
}
