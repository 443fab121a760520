namespace Alga.Extensions.Bundles.Types;

/// <summary>The types of the component model's binary format (component-model, design/mvp/Binary.md, "Type Definitions").</summary>
internal static class TypeReader
{
    // How deep types of instances and components may lie in each other; tools make two.
    private const int MaxDepth = 8;

    /// <summary>Reads a definition and gives it the next index among types.</summary>
    public static void ReadDefinition(ref SectionReader reader, Scope scope, int depth = 0)
    {
        var code = reader.Byte();
        scope.Add(code switch
        {
            0x40 => Entity.TypeOf(ReadFunction(ref reader, scope)),
            0x41 => Entity.TypeOf(ReadDeclarations(ref reader, scope, EntityKind.Component, depth)),
            0x42 => Entity.TypeOf(ReadDeclarations(ref reader, scope, EntityKind.Instance, depth)),
            0x3F => Entity.ValueType(ReadResource(ref reader, scope)),
            _ => Entity.ValueType(ReadValue(ref reader, scope, code)),
        });
    }

    /// <summary>What an import, or an export with its type, is said to be.</summary>
    public static Entity ReadDescription(ref SectionReader reader, Scope scope)
    {
        switch (reader.Byte())
        {
            case 0x00:
                if (reader.Byte() != 0x11) reader.Fail();
                reader.Number();
                return Entity.Opaque;
            case 0x01:
                return scope.FindDescribed(ref reader, EntityKind.Function);
            case 0x02:
                reader.Byte();
                reader.Signed();
                return Entity.Opaque;
            case 0x03:
                return reader.Present() ? Entity.ValueType(scope.Shapes.Resource()) : scope.Find(ref reader, EntityKind.Type, reader.Number());
            case 0x04:
                return scope.FindDescribed(ref reader, EntityKind.Component);
            case 0x05:
                return scope.FindDescribed(ref reader, EntityKind.Instance);
            default:
                reader.Fail();
                return Entity.Opaque;
        }
    }

    private static Entity ReadFunction(ref SectionReader reader, Scope scope)
    {
        var parameters = new List<int>();
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
        {
            reader.Name();
            parameters.Add(ReadReference(ref reader, scope));
        }

        int? result = null;
        if (!reader.Present()) result = ReadReference(ref reader, scope);
        else if (reader.Byte() != 0) reader.Fail();
        return new Entity(EntityKind.Function, scope.Shapes.Function(parameters, result));
    }

    private static Entity ReadDeclarations(ref SectionReader reader, Scope outer, EntityKind kind, int depth)
    {
        var scope = new Scope(outer, outer.Shapes);
        if (depth == MaxDepth) reader.Fail();
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
        {
            switch (reader.Byte())
            {
                case 0x01:
                    ReadDefinition(ref reader, scope, depth + 1);
                    break;
                case 0x02:
                    scope.ReadAlias(ref reader);
                    break;
                case 0x03 when kind == EntityKind.Component:
                    reader.ExternName();
                    scope.Add(ReadDescription(ref reader, scope));
                    break;
                case 0x04:
                    var name = reader.ExternName();
                    var entity = ReadDescription(ref reader, scope);
                    scope.Add(entity);
                    if (!scope.Exports.TryAdd(name, entity)) reader.Fail();
                    break;
                default:
                    reader.Fail();
                    break;
            }
        }

        return new Entity(kind, Exports: scope.Exports);
    }

    private static int ReadResource(ref SectionReader reader, Scope scope)
    {
        if (reader.Byte() != 0x7F) reader.Fail();
        if (reader.Present()) reader.Number();
        return scope.Shapes.Resource();
    }

    private static int ReadValue(ref SectionReader reader, Scope scope, byte code)
    {
        var shapes = scope.Shapes;
        switch (code)
        {
            case 0x72: return shapes.Record(ReadFields(ref reader, scope));
            case 0x71: return shapes.Variant(ReadCases(ref reader, scope));
            case 0x70: return shapes.List(ReadReference(ref reader, scope));
            case 0x6F: return shapes.Tuple(ReadReferences(ref reader, scope));
            case 0x6E: return shapes.Flags(ReadNames(ref reader));
            case 0x6D: return shapes.Enum(ReadNames(ref reader));
            case 0x6B: return shapes.Option(ReadReference(ref reader, scope));
            case 0x6A: return shapes.Result(ReadOptional(ref reader, scope), ReadOptional(ref reader, scope));
            case 0x69: return shapes.Of($"own {ReadHandle(ref reader, scope)}");
            case 0x68: return shapes.Of($"borrow {ReadHandle(ref reader, scope)}");
            default: return ReadPrimitive(ref reader, shapes, code);
        }
    }

    private static int ReadPrimitive(ref SectionReader reader, ShapeTable shapes, byte code)
    {
        if (Primitives.NameOf(code) is { } name) return shapes.Of(name);
        reader.Fail();
        return 0;
    }

    private static int ReadHandle(ref SectionReader reader, Scope scope) => scope.Find(ref reader, EntityKind.Type, reader.Number()).Shape;

    // An index of a type, or the code of a primitive one; as a signed number the codes are below zero.
    private static int ReadReference(ref SectionReader reader, Scope scope)
    {
        var reference = reader.Signed();
        if (reference < 0) return ReadPrimitive(ref reader, scope.Shapes, (byte)(reference & 0x7F));
        var type = scope.Find(ref reader, EntityKind.Type, (uint)reference);
        if (type.Described is not null) reader.Fail();
        return type.Shape;
    }

    private static int? ReadOptional(ref SectionReader reader, Scope scope) => reader.Present() ? ReadReference(ref reader, scope) : null;

    private static List<int> ReadReferences(ref SectionReader reader, Scope scope)
    {
        var types = new List<int>();
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--) types.Add(ReadReference(ref reader, scope));
        return types;
    }

    private static List<(string, int)> ReadFields(ref SectionReader reader, Scope scope)
    {
        var fields = new List<(string, int)>();
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--) fields.Add((reader.Name(), ReadReference(ref reader, scope)));
        return fields;
    }

    private static List<(string, int?)> ReadCases(ref SectionReader reader, Scope scope)
    {
        var cases = new List<(string, int?)>();
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--)
        {
            cases.Add((reader.Name(), ReadOptional(ref reader, scope)));
            if (reader.Byte() != 0) reader.Fail();
        }

        return cases;
    }

    private static List<string> ReadNames(ref SectionReader reader)
    {
        var names = new List<string>();
        for (var left = reader.Number(); left > 0 && !reader.Failed; left--) names.Add(reader.Name());
        return names;
    }
}
