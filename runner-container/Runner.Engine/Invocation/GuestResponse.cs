namespace Alga.Extensions.Runner.Engine;

/// <summary>What a guest answered, checked by <see cref="ResponseRules"/>.</summary>
/// <param name="Status">200 to 599.</param>
/// <param name="Headers">Lower-case names; may repeat.</param>
/// <param name="Body">The body.</param>
public sealed record GuestResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, GuestBody Body);
