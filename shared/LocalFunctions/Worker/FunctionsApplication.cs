using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where <c>Program.cs</c> of a function app begins.</summary>
public static class FunctionsApplication
{
    /// <summary>A builder for the functions of the running program.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) =>
        new(args, Assembly.GetEntryAssembly()!.GetTypes(), AppContext.BaseDirectory);
}
