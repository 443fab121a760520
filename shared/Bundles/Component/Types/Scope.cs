namespace Alga.Extensions.Bundles.Types;

/// <summary>The index spaces of a component, or of a type of instances or components, inside its outer one.</summary>
internal sealed class Scope(Scope? outer, ShapeTable shapes)
{
    private const byte CoreSort = 0x00;
    private const byte OuterTarget = 0x02;

    private readonly List<Entity> functions = [];
    private readonly List<Entity> types = [];
    private readonly List<Entity> components = [];
    private readonly List<Entity> instances = [];

    public ShapeTable Shapes => shapes;

    /// <summary>What the component or instance exports.</summary>
    public Dictionary<string, Entity> Exports { get; } = new(StringComparer.Ordinal);

    /// <summary>What the component imports.</summary>
    public Dictionary<string, Entity> Imports { get; } = new(StringComparer.Ordinal);

    /// <summary>Gives an entity the next index of its kind.</summary>
    public void Add(Entity entity) => Space(entity.Kind)?.Add(entity);

    /// <summary>An entity by the sort and index that stand in the binary.</summary>
    public Entity Read(ref SectionReader reader)
    {
        var sort = reader.Byte();
        if (sort == CoreSort) reader.Byte();
        return Find(ref reader, KindOf(ref reader, sort), reader.Number());
    }

    public Entity Find(ref SectionReader reader, EntityKind kind, uint index)
    {
        if (kind == EntityKind.Opaque) return Entity.Opaque;
        if (Space(kind) is { } space && index < space.Count) return space[(int)index];
        reader.Fail();
        return Entity.Opaque;
    }

    /// <summary>What a type describes, of the kind that is expected there.</summary>
    public Entity FindDescribed(ref SectionReader reader, EntityKind kind)
    {
        if (Find(ref reader, EntityKind.Type, reader.Number()).Described is { } described && described.Kind == kind) return described;
        reader.Fail();
        return Entity.Opaque;
    }

    /// <summary>An alias: of an export of an instance, or of something further out.</summary>
    public void ReadAlias(ref SectionReader reader)
    {
        var sort = reader.Byte();
        if (sort == CoreSort) reader.Byte();
        var kind = KindOf(ref reader, sort);
        var target = reader.Byte();
        var (first, second) = (reader.Number(), target == OuterTarget ? reader.Number() : 0);
        if (target == OuterTarget)
        {
            Add(Up(ref reader, first).Find(ref reader, kind, second));
            return;
        }

        var name = reader.Name();
        if (kind == EntityKind.Opaque || target != 0) return;
        if (Find(ref reader, EntityKind.Instance, first).Exports?.GetValueOrDefault(name) is { } found && found.Kind == kind) Add(found);
        else reader.Fail();
    }

    private static EntityKind KindOf(ref SectionReader reader, byte sort)
    {
        switch (sort)
        {
            case CoreSort or 0x02: return EntityKind.Opaque;
            case 0x01: return EntityKind.Function;
            case 0x03: return EntityKind.Type;
            case 0x04: return EntityKind.Component;
            case 0x05: return EntityKind.Instance;
            default:
                reader.Fail();
                return EntityKind.Opaque;
        }
    }

    private Scope Up(ref SectionReader reader, uint levels)
    {
        var scope = this;
        for (; levels > 0; levels--)
        {
            if (scope.Outer is not { } next)
            {
                reader.Fail();
                return this;
            }

            scope = next;
        }

        return scope;
    }

    private Scope? Outer => outer;

    private List<Entity>? Space(EntityKind kind) => kind switch
    {
        EntityKind.Function => functions,
        EntityKind.Type => types,
        EntityKind.Component => components,
        EntityKind.Instance => instances,
        _ => null,
    };
}
