/** Versions that this package speaks, best first. */
export const SUPPORTED_VERSIONS: readonly string[] = ['2'];

/**
 * The version that both sides speak: of those that the frame offers the first, in this side's order, that it knows.
 * Undefined when they share none.
 */
export function negotiateVersion(
  offered: readonly string[],
  supported: readonly string[] = SUPPORTED_VERSIONS,
): string | undefined {
  return supported.find((version) => offered.includes(version));
}
