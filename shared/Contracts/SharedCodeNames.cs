namespace Alga.Extensions.Contracts;

/// <summary>Names in components whose code others have as well.</summary>
public static class SharedCodeNames
{
    /// <summary>An empty custom section of this name, outermost in a component, says that others have the same code.</summary>
    public const string Marker = "alga:shared-code";

    /// <summary>The name under which what the platform makes of such a component imports the code.</summary>
    public const string Import = "shared-code";
}
