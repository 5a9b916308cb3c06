import { isCielError } from '@ciel/sdk';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { sayError } from '../words.ts';

type Values = Record<string, string>;

interface FormOptions {
  /** The field with the user's current password; a wrong password is reported there. */
  passwordAt?: string;
}

/** Sends a form. Field errors are shown at their fields, and the first such field gets the focus. */
export function useForm(send: (values: Values) => Promise<unknown>, { passwordAt }: FormOptions = {}) {
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.currentTarget)) as Values;
    setBusy(true);
    setError(null);
    try {
      await send(values);
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  }

  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);

  const isWrongPassword = passwordAt !== undefined && isCielError(error, 'invalid_credentials');
  const isOfFields = isWrongPassword || (isCielError(error) && error.errors.length > 0);
  return {
    /** Props of the form element. */
    form: { ref: form, onSubmit, noValidate: true },
    isBusy,
    errorOf(name: string) {
      if (isWrongPassword && name === passwordAt) return 'is not your password';
      return isCielError(error) ? error.field(name) : undefined;
    },
    /** An error that isn't about a field. */
    problem: error && !isOfFields ? sayError(error) : null,
  };
}
