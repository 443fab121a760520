namespace Alga.Extensions.Bundles.Types;

/// <summary>What an index of a component can stand for.</summary>
internal enum EntityKind
{
    /// <summary>A core module or a value, which nothing here looks into.</summary>
    Opaque = 0,
    Function,
    Type,
    Component,
    Instance,
}

/// <summary>A function, instance, component or type of a component.</summary>
/// <param name="Kind">Which of these.</param>
/// <param name="Shape">Of a function, or of a type of values: its number in the <see cref="ShapeTable"/>.</param>
/// <param name="Exports">What an instance exports, or an instance of a component would.</param>
/// <param name="Described">What a type describes, where that is no value: an entity of that kind.</param>
internal sealed record Entity(EntityKind Kind, int Shape = 0, IReadOnlyDictionary<string, Entity>? Exports = null, Entity? Described = null)
{
    public static Entity Opaque { get; } = new(EntityKind.Opaque);

    public static Entity ValueType(int shape) => new(EntityKind.Type, shape);

    public static Entity TypeOf(Entity described) => new(EntityKind.Type, Described: described);
}
