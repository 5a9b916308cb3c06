/** `#rrggbb`: the mean of the largest of 64 groups of similar colours among RGBA pixels. Black when all are transparent. */
export function dominantColorOf(rgba: Buffer): string {
  const sums = new Uint32Array(64 * 4);
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const [red, green, blue, alpha] = rgba.subarray(at, at + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    if (alpha < 128) continue;
    const group = (((red >> 6) << 4) | ((green >> 6) << 2) | (blue >> 6)) * 4;
    sums[group]! += red;
    sums[group + 1]! += green;
    sums[group + 2]! += blue;
    sums[group + 3]! += 1;
  }
  let largest = 0;
  for (let group = 0; group < sums.length; group += 4)
    if (sums[group + 3]! > sums[largest + 3]!) largest = group;
  const count = sums[largest + 3]! || 1;
  const mean = [...sums.subarray(largest, largest + 3)].map((sum) => Math.round(sum / count));
  return `#${Buffer.from(mean).toString('hex')}`;
}
