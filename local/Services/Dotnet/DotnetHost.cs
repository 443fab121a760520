namespace Alga.Extensions.Services.Dotnet;

/// <summary>The <c>dotnet</c> that this process itself runs on, so that children use the same.</summary>
public static class DotnetHost
{
    public static string Path { get; } = Environment.ProcessPath is { } path && System.IO.Path.GetFileName(path) == "dotnet" ? path : "dotnet";
}
