import { type ComponentProps, useId } from 'react';

interface Shared {
  label: string;
  error?: string | undefined;
  hint?: string;
}

type FieldProps = Shared & { name: string } & ComponentProps<'input'>;

export function Field({ label, error, hint, ...rest }: FieldProps) {
  const { id, described, notes } = useNotes(error, hint);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input {...rest} id={id} aria-invalid={error !== undefined} aria-describedby={described} />
      {notes}
    </div>
  );
}

type TextFieldProps = Shared & { name: string } & ComponentProps<'textarea'>;

export function TextField({ label, error, hint, ...rest }: TextFieldProps) {
  const { id, described, notes } = useNotes(error, hint);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea {...rest} id={id} aria-invalid={error !== undefined} aria-describedby={described} />
      {notes}
    </div>
  );
}

type ChoiceProps<Value extends string> = Shared & {
  name: string;
  choices: [value: Value, label: string][];
} & ComponentProps<'select'>;

export function Choice<Value extends string>({ label, error, hint, choices, ...rest }: ChoiceProps<Value>) {
  const { id, described, notes } = useNotes(error, hint);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select {...rest} id={id} aria-invalid={error !== undefined} aria-describedby={described}>
        {choices.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {notes}
    </div>
  );
}

function useNotes(error: string | undefined, hint: string | undefined) {
  const id = useId();
  const note = error ?? hint;
  return {
    id,
    described: note ? `${id}-note` : undefined,
    notes: note && (
      <p id={`${id}-note`} className={error ? 'note error' : 'note'}>
        {error ?? hint}
      </p>
    ),
  };
}
