import { toast } from '@alga/ui-kit';
import { useCallback } from 'react';
import { texts } from '../texts.ts';
import { problemText } from './problemText.ts';

/**
 * Runs a change and says in a toast how it went. Gives whether it worked, for what comes next.
 */
export function useAct(): (change: () => Promise<unknown>, done: string) => Promise<boolean> {
  return useCallback(async (change, done) => {
    try {
      await change();
    } catch (error) {
      const { title, detail, requestId } = problemText(error);
      toast.danger(title, {
        description: [detail, requestId === null ? '' : texts.app.requestId(requestId)]
          .filter(Boolean)
          .join(' '),
      });
      return false;
    }
    toast.success(done);
    return true;
  }, []);
}

/** Runs a change for a dialog that shows a fault itself: rejects with the reader's words, or says in a toast that it is done. */
export async function orExplain(change: () => Promise<unknown>, done: string): Promise<void> {
  try {
    await change();
  } catch (error) {
    const { title, detail } = problemText(error);
    throw new Error(`${title}. ${detail}`, { cause: error });
  }
  toast.success(done);
}
