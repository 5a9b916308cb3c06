/** The shapes in which the compiler writes the router out, without the packages that the server has them from. */

export interface Query<Def extends { input: unknown; output: unknown }> {
  type: 'query';
  input: Def['input'];
  output: Def['output'];
}

export interface Mutation<Def extends { input: unknown; output: unknown }> {
  type: 'mutation';
  input: Def['input'];
  output: Def['output'];
}

export interface Subscription<Def extends { input: unknown; output: unknown }> {
  type: 'subscription';
  input: Def['input'];
  output: Def['output'];
}

export interface TrackedData<Data> {
  id: string;
  data: Data;
}

export type Router<_Root, Procedures> = Procedures;

export type Procedures<Of> = Of;
