/** How the generated types say what a procedure takes and answers. */

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
