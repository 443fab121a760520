/** A letter on a colour that stays the same for a name: extensions bring no pictures that this page may load. */
export function Avatar({ name, label }: { readonly name: string; readonly label: string }) {
  const hue = Array.from(name).reduce(
    (sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 6,
    0,
  );
  return (
    <span className="Avatar" data-hue={hue + 1} aria-hidden="true">
      {(label.trim()[0] ?? '?').toUpperCase()}
    </span>
  );
}
