import { useEffect, useRef } from 'react';

/**
 * Lets a form submit in a frame without `allow-forms`. There the browser drops a submission before it checks the fields
 * and before the `submit` event; both are done here instead. Elsewhere this does nothing.
 */
export function useSandboxedSubmit() {
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const form = ref.current;
    // Extensions' frames have an opaque origin.
    if (form === null || window.origin !== 'null') return undefined;
    // Enter in a field clicks the form's submit button, so this is the only way in.
    const submit = (event: MouseEvent) => {
      const submitter = (event.target as Element).closest<HTMLButtonElement>('button[type=submit]');
      if (submitter === null || submitter.disabled || event.defaultPrevented) return;
      event.preventDefault();
      if (!form.noValidate && !form.reportValidity()) return;
      form.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true, submitter }));
    };
    form.addEventListener('click', submit);
    return () => {
      form.removeEventListener('click', submit);
    };
  }, []);
  return ref;
}
