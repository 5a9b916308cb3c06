import type { Sql } from 'postgres';
import type { Statement } from './statements.ts';

/** More rows than this in one step of a plan are more than what belongs to a page or to most people. */
const MANY = 1000;

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Node[];
}

export interface Shape {
  /** What the statements read, in order of their first mention: indexes, and tables that are read without one. */
  reads: string[];
  /** The most rows that one step reads. */
  most: number;
  /** Scans and sorts of more rows than they may be. */
  faults: string[];
}

/** In either plan that a prepared statement can have. */
export async function shapeOf(sql: Sql, statements: Statement[], mayRead = MANY): Promise<Shape> {
  const isPlannedEach = statements.some(({ query }) => query.includes('force_custom_plan'));
  const modes = isPlannedEach ? ['force_custom_plan'] : ['force_custom_plan', 'force_generic_plan'];
  const steps: Step[] = [];
  for (const statement of statements)
    for (const mode of modes) steps.push(...stepsOf(await explain(sql, statement, mode, isPlannedEach)));
  // A table that is read whole is read whole whatever it holds.
  const many = steps.filter(({ type, rows }) => rows > (type === 'Seq Scan' ? MANY : mayRead));
  return {
    reads: [...new Set(steps.flatMap(({ on }) => on || []))],
    most: Math.max(0, ...steps.map(({ rows }) => rows)),
    faults: [...new Set(many.map(({ type, on, rows }) => [type, on, rows].filter(Boolean).join(' ')))],
  };
}

async function explain(sql: Sql, { query, params }: Statement, mode: string, isSearch: boolean) {
  return sql.begin(async (tx) => {
    await tx`select set_config('plan_cache_mode', ${mode}, true)`;
    if (isSearch)
      await tx`select set_config('enable_seqscan', 'off', true), set_config('pg_trgm.word_similarity_threshold', '0.45', true)`;
    await tx.unsafe(`prepare measured as ${query}`);
    const values = params.map(literal).join(', ');
    const [row] = await tx.unsafe(
      `explain (analyze, timing off, format json) execute measured${values ? `(${values})` : ''}`,
    );
    await tx.unsafe('deallocate measured');
    return (row!['QUERY PLAN'] as { Plan: Node }[])[0]!.Plan;
  });
}

function literal(value: unknown): string {
  if (value === null) return 'null';
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

interface Step {
  type: string;
  on: string;
  rows: number;
}

/** The scans and sorts of the plan. */
function stepsOf(node: Node): Step[] {
  const type = node['Node Type'];
  const on = node['Index Name'] ?? node['Relation Name'] ?? '';
  const rows =
    node['Actual Loops'] *
    (node['Actual Rows'] +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0));
  const below = (node.Plans ?? []).flatMap(stepsOf);
  const isRead = type.includes('Scan') || type.includes('Sort');
  return isRead ? [{ type, on, rows: Math.round(rows) }, ...below] : below;
}
