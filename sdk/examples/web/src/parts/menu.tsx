import { useState } from 'react';
import { IconButton } from './button.tsx';
import { Dialog } from './dialog.tsx';

export interface MenuItem {
  label: string;
  isDanger?: boolean;
  onSelect: () => void;
}

export function Menu({ title, items }: { title: string; items: MenuItem[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <IconButton icon="more" label={title} aria-haspopup="dialog" onClick={() => setOpen(true)} />
      {isOpen && (
        <Dialog title={title} onClose={() => setOpen(false)}>
          <ul className="menu">
            {items.map(({ label, isDanger, onSelect }) => (
              <li key={label}>
                <button
                  type="button"
                  className={isDanger ? 'danger' : ''}
                  onClick={() => {
                    setOpen(false);
                    onSelect();
                  }}
                >
                  {label}
                </button>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}
