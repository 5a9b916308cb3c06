import { hastenImports } from '../../server/imports.ts';

hastenImports();
