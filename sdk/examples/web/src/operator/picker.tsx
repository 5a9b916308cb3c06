import type { ReactNode } from 'react';
import { Endless } from '../parts/endless.tsx';
import { Switch } from '../parts/switch.tsx';

interface PickerProps<Item, Status extends string> {
  /** What the list is of. */
  label: string;
  statuses: [value: Status, label: string][];
  status: Status;
  onStatus: (status: Status) => void;
  list: Parameters<typeof Endless<Item>>[0]['list'];
  empty: string;
  /** Of an item in the list. */
  children: (item: Item) => ReactNode;
  /** What is looked at; null for nothing yet. */
  chosen: ReactNode | null;
}

/** A list and the one of it that is looked at: beside each other, or one at a time on a phone. */
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
      <section aria-label="The one that is looked at">
        {chosen ?? <p className="empty">Choose one of the list.</p>}
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
