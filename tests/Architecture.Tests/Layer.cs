namespace Alga.Extensions.Architecture.Tests;

/// <summary>The floors of the house, from the ground up. A project may only reference a lower floor, or its own where <see cref="Layers.MayReferenceSibling"/> says so.</summary>
internal enum Layer
{
    /// <summary>shared/Contracts and shared/LocalFunctions: reference nothing.</summary>
    Ground,

    /// <summary>The other projects of shared/.</summary>
    Shared,

    /// <summary>functions/*/Registry, functions/*/Gateway, Runner.Engine, Runner.HostApis.</summary>
    Slice,

    /// <summary>Executables that are deployed or handed out: function apps, Runner.Http, scaler, infra/setup, cli.</summary>
    Host,

    /// <summary>local/: starts the hosts on one machine.</summary>
    Local,

    /// <summary>tests/.</summary>
    Test,
}

internal static class Layers
{
    public static Layer Of(string project) => project switch
    {
        "shared/Contracts/Contracts.csproj" or "shared/LocalFunctions/LocalFunctions.csproj" => Layer.Ground,
        _ when project.StartsWith("shared/", StringComparison.Ordinal) => Layer.Shared,
        _ when project.EndsWith(".Functions.csproj", StringComparison.Ordinal) => Layer.Host,
        "runner-container/Runner.Http/Runner.Http.csproj" => Layer.Host,
        "scaler/Scaler/Scaler.csproj" or "infra/setup/Setup.csproj" => Layer.Host,
        _ when project.StartsWith("cli/", StringComparison.Ordinal) => Layer.Host,
        _ when project.StartsWith("functions/", StringComparison.Ordinal) => Layer.Slice,
        _ when project.StartsWith("runner-container/", StringComparison.Ordinal) => Layer.Slice,
        _ when project.StartsWith("local/", StringComparison.Ordinal) => Layer.Local,
        _ when project.StartsWith("tests/", StringComparison.Ordinal) => Layer.Test,
        _ => throw new InvalidOperationException($"{project} has no floor: name it in Layers.Of."),
    };

    /// <summary>Whether projects of one floor may reference each other: not the ground, and a host never another host.</summary>
    public static bool MayReferenceSibling(Layer layer) => layer is not (Layer.Ground or Layer.Host);

    /// <summary>The deployable a slice or host belongs to; those of different areas meet only in <c>shared/</c> and on the wire.</summary>
    public static string Area(string project) => project.Split('/') switch
    {
        ["functions", var app, ..] => app,
        [var top, ..] => top,
        [] => "",
    };
}
