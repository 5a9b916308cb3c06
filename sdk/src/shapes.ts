/** How the generated types describe a procedure. */

export interface Query<Input, Output> {
  type: 'query';
  input: Input;
  output: Output;
}

export interface Mutation<Input, Output> {
  type: 'mutation';
  input: Input;
  output: Output;
}
