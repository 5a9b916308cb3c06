interface SwitchProps<Value extends string> {
  /** Label for screen readers. */
  legend: string;
  name: string;
  choices: [value: Value, label: string][];
  value: Value;
  onChange: (value: Value) => void;
}

/** Switches between a few views. */
export function Switch<Value extends string>({ legend, name, choices, value, onChange }: SwitchProps<Value>) {
  return (
    <fieldset className="switch">
      <legend className="unseen">{legend}</legend>
      {choices.map(([choice, label]) => (
        <label key={choice}>
          <input type="radio" name={name} checked={choice === value} onChange={() => onChange(choice)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
