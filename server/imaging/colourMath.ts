export type Chromaticity = readonly [x: number, y: number];

export interface Primaries {
  red: Chromaticity;
  green: Chromaticity;
  blue: Chromaticity;
  white: Chromaticity;
}

/** Signal to light: (a·v + b)^gamma from d on, c·v below it. */
export interface Curve {
  gamma: number;
  a: number;
  b: number;
  c: number;
  d: number;
}

export type Vector = readonly [number, number, number];

/** The white of profiles (ICC.1:2022). */
export const D50: Vector = [0.9642, 1, 0.8249];

export const power = (gamma: number): Curve => ({ gamma, a: 1, b: 0, c: 0, d: 0 });

export const applyCurve = ({ gamma, a, b, c, d }: Curve, v: number): number =>
  v >= d ? (a * v + b) ** gamma : c * v;

/** A matrix of 3 by 3, by rows. */
export class Matrix {
  readonly rows: readonly [Vector, Vector, Vector];

  constructor(rows: readonly [Vector, Vector, Vector]) {
    this.rows = rows;
  }

  static diagonal = ([x, y, z]: Vector): Matrix =>
    new Matrix([
      [x, 0, 0],
      [0, y, 0],
      [0, 0, z],
    ]);

  columns(): [Vector, Vector, Vector] {
    const [a, b, c] = this.rows;
    return [0, 1, 2].map((i): Vector => [a[i]!, b[i]!, c[i]!]) as [Vector, Vector, Vector];
  }

  apply([x, y, z]: Vector): Vector {
    return this.rows.map((row) => row[0] * x + row[1] * y + row[2] * z) as unknown as Vector;
  }

  times(other: Matrix): Matrix {
    const columns = other.columns().map((column) => this.apply(column)) as [Vector, Vector, Vector];
    return new Matrix(new Matrix(columns).columns());
  }

  inverse(): Matrix {
    const [[a, b, c], [d, e, f], [g, h, i]] = this.rows;
    const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    const cofactors: [Vector, Vector, Vector] = [
      [e * i - f * h, c * h - b * i, b * f - c * e],
      [f * g - d * i, a * i - c * g, c * d - a * f],
      [d * h - e * g, b * g - a * h, a * e - b * d],
    ];
    return new Matrix(
      cofactors.map((row) => row.map((value) => value / determinant)) as unknown as [Vector, Vector, Vector],
    );
  }
}

const toXyz = ([x, y]: Chromaticity): Vector => [x / y, 1, (1 - x - y) / y];

const BRADFORD = new Matrix([
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
]);

/** Linear RGB to XYZ, with the white of the primaries at Y = 1. */
export function matrixToXyz({ red, green, blue, white }: Primaries): Matrix {
  const columns = new Matrix(new Matrix([toXyz(red), toXyz(green), toXyz(blue)]).columns());
  return columns.times(Matrix.diagonal(columns.inverse().apply(toXyz(white))));
}

/** Linear RGB to XYZ, adapted to the white of profiles. */
export function matrixToD50(primaries: Primaries): Matrix {
  const from = BRADFORD.apply(toXyz(primaries.white));
  const to = BRADFORD.apply(D50);
  const scale = Matrix.diagonal([to[0] / from[0], to[1] / from[1], to[2] / from[2]]);
  return BRADFORD.inverse().times(scale).times(BRADFORD).times(matrixToXyz(primaries));
}

/** CIE 1976 L*a*b* of what is adapted to the white of profiles. */
export function labOf(xyz: Vector): Vector {
  const [x, y, z] = xyz.map((value, i) => {
    const t = value / D50[i]!;
    return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
  }) as unknown as Vector;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
