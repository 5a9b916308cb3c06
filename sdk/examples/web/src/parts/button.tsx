import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends ComponentProps<'button'> {
  look?: 'strong' | 'quiet' | 'plain' | 'danger';
  isBusy?: boolean;
}

export function Button({ look = 'quiet', isBusy = false, className = '', children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`button ${look} ${className}`}
      aria-busy={isBusy}
      disabled={isBusy || rest.disabled}
    >
      {children}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  icon: IconName;
  label: string;
  isOn?: boolean;
}

export function IconButton({ icon, label, isOn, className = '', children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isOn}
      title={label}
      {...rest}
      className={`icon-button ${className}`}
    >
      <Icon name={icon} isFilled={isOn === true} />
      {children}
    </button>
  );
}
