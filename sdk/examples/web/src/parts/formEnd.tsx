import { Button } from './button.tsx';
import { Problem } from './problem.tsx';

interface FormEndProps {
  problem: string | null;
  onCancel: () => void;
  isBusy: boolean;
  look?: 'strong' | 'danger';
  /** Text of the submit button. */
  children: string;
}

/** The end of every form in a dialog: problem, Cancel and submit. */
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
