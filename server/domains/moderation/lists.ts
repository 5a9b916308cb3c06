export { listOwnActions, listOwnAppeals } from './appeals.ts';
export { listReports } from './reports.ts';
