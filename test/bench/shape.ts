import type { Sql } from 'postgres';
import type { Statement } from './statements.ts';

/** More rows than this in one step of a plan are more than what belongs to a page or to one person. */
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

/** Sequential scans, sorts and readings of many rows, in either plan that a prepared statement can have; empty when there is none. */
export async function faultsOf(sql: Sql, statements: Statement[]): Promise<string[]> {
  const faults = new Set<string>();
  const isPlannedEach = statements.some(({ query }) => query.includes('force_custom_plan'));
  for (const statement of statements) {
    for (const mode of isPlannedEach ? ['force_custom_plan'] : ['force_custom_plan', 'force_generic_plan'])
      for (const fault of inPlan(await explain(sql, statement, mode, isPlannedEach))) faults.add(fault);
  }
  return [...faults];
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

function inPlan(node: Node): string[] {
  const type = node['Node Type'];
  const on = node['Index Name'] ?? node['Relation Name'] ?? '';
  const read =
    node['Actual Loops'] *
    (node['Actual Rows'] +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0));
  const below = (node.Plans ?? []).flatMap(inPlan);
  const isFault = read > MANY && (type.includes('Scan') || type.includes('Sort'));
  return isFault ? [`${type}${on ? ` ${on}` : ''} ${Math.round(read)}`, ...below] : below;
}
