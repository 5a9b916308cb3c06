import { Button } from './button.tsx';
import { Problem } from './problem.tsx';

interface FormEndProps {
  problem: string | null;
  onCancel: () => void;
  isBusy: boolean;
  look?: 'strong' | 'danger';
  /** What is done when it is sent. */
  children: string;
}

/** How every form in a dialog ends. */
export const FormEnd = ({ problem, onCancel, isBusy, look = 'strong', children }: FormEndProps) => (
  <>
    <Problem>{problem}</Problem>
    <div className="buttons">
      <Button onClick={onCancel}>Cancel</Button>
      <Button look={look} type="submit" isBusy={isBusy}>
        {children}
      </Button>
    </div>
  </>
);
