import type { ReactNode } from 'react';
import { Endless } from '../parts/endless.tsx';
import { Switch } from '../parts/switch.tsx';

interface PickerProps<Item, Status extends string> {
  /** Names the list. */
  label: string;
  statuses: [value: Status, label: string][];
  status: Status;
  onStatus: (status: Status) => void;
  list: Parameters<typeof Endless<Item>>[0]['list'];
  empty: string;
  /** Renders an item of the list. */
  children: (item: Item) => ReactNode;
  /** The selected item; null when there is none. */
  chosen: ReactNode | null;
}

/** A list and its selected item, side by side; on a phone one at a time. */
export function Picker<Item extends { id: string }, Status extends string>(props: PickerProps<Item, Status>) {
  const { label, statuses, status, onStatus, list, empty, children, chosen } = props;
  return (
    <div className={chosen ? 'picker open' : 'picker'}>
      <nav aria-label={label}>
        <Switch legend="Which" name="status" choices={statuses} value={status} onChange={onStatus} />
        <Endless list={list} empty={<p>{empty}</p>}>
          {(items) => (
            <ul>
              {items.map((item) => (
                <li key={item.id}>{children(item)}</li>
              ))}
            </ul>
          )}
        </Endless>
      </nav>
      <section aria-label="Selected item">
        {chosen ?? <p className="empty">Select an item from the list.</p>}
      </section>
    </div>
  );
}

interface ChoiceProps {
  title: string;
  isChosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}

export function Pick({ title, isChosen, onChoose, children }: ChoiceProps) {
  return (
    <button type="button" aria-current={isChosen} onClick={onChoose}>
      <strong>{title}</strong>
      <span>{children}</span>
    </button>
  );
}
