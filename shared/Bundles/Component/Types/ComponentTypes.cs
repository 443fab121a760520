namespace Alga.Extensions.Bundles.Types;

/// <summary>
/// Reads what a component imports and exports with its types: the sections that define them, in order, with every index followed to
/// what it stands for. Code is not looked at. Whether the component is valid beyond that, the compiler says.
/// </summary>
internal static class ComponentTypes
{
    /// <summary>Most bytes of all sections that are read, nested components included: hundreds of times what tools write.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const int MaxDepth = 8;
    private const int PreambleBytes = 8;

    /// <summary>The outermost component's imports and exports; null when they cannot be read.</summary>
    public static Scope? Read(ReadOnlySpan<byte> wasm, ShapeTable shapes)
    {
        var budget = MaxBytes;
        return ReadComponent(wasm, null, shapes, 0, ref budget);
    }

    private static Scope? ReadComponent(ReadOnlySpan<byte> wasm, Scope? outer, ShapeTable shapes, int depth, ref int budget)
    {
        if (depth == MaxDepth || wasm.Length < PreambleBytes) return null;
        var scope = new Scope(outer, shapes);
        var reader = new SectionReader(wasm[PreambleBytes..]);
        while (!reader.Done)
        {
            var id = reader.Byte();
            var content = reader.Bytes();
            if (reader.Failed) return null;
            if (id == ComponentSection.Component)
            {
                if (ReadComponent(content, scope, shapes, depth + 1, ref budget) is not { } nested) return null;
                scope.Add(new Entity(EntityKind.Component, Exports: nested.Exports));
            }
            else if (ComponentSection.DefinesTypes(id))
            {
                budget -= content.Length;
                if (budget < 0 || !TryReadSection(id, content, scope)) return null;
            }
        }

        return reader.Failed ? null : scope;
    }

    private static bool TryReadSection(byte id, ReadOnlySpan<byte> content, Scope scope)
    {
        var reader = new SectionReader(content);
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
        {
            switch (id)
            {
                case ComponentSection.Instance:
                    ReadInstance(ref reader, scope);
                    break;
                case ComponentSection.Alias:
                    scope.ReadAlias(ref reader);
                    break;
                case ComponentSection.Type:
                    TypeReader.ReadDefinition(ref reader, scope);
                    break;
                case ComponentSection.Canon:
                    CanonReader.Read(ref reader, scope);
                    break;
                case ComponentSection.Import:
                    var name = reader.ExternName();
                    var entity = TypeReader.ReadDescription(ref reader, scope);
                    scope.Add(entity);
                    if (!scope.Imports.TryAdd(name, entity)) reader.Fail();
                    break;
                default:
                    ReadExport(ref reader, scope);
                    break;
            }
        }

        return !reader.Failed && reader.Done;
    }

    private static void ReadInstance(ref SectionReader reader, Scope scope)
    {
        if (reader.Present())
        {
            var exports = new Dictionary<string, Entity>(StringComparer.Ordinal);
            for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
            {
                if (!exports.TryAdd(reader.ExternName(), scope.Read(ref reader))) reader.Fail();
            }

            scope.Add(new Entity(EntityKind.Instance, Exports: exports));
            return;
        }

        // An instance of a component: whatever it is given fits what it asks for, or the compiler refuses it.
        var component = scope.Find(ref reader, EntityKind.Component, reader.Number());
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
        {
            reader.Name();
            scope.Read(ref reader);
        }

        scope.Add(new Entity(EntityKind.Instance, Exports: component.Exports));
    }

    private static void ReadExport(ref SectionReader reader, Scope scope)
    {
        var name = reader.ExternName();
        var entity = scope.Read(ref reader);
        if (reader.Present()) entity = TypeReader.ReadDescription(ref reader, scope);
        scope.Add(entity);
        if (!scope.Exports.TryAdd(name, entity)) reader.Fail();
    }
}
